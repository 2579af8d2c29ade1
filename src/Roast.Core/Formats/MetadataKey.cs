using Roast.Contrast;

namespace Roast.Formats;

/// <summary>The metadata keys of a steering vector file, format 1, and the words they take. docs/steering-format.md is their specification.</summary>
static class MetadataKey
{
    internal const string
        Format = "roast.format", Method = "roast.method", Scaling = "roast.scaling", Pool = "roast.pool",
        Family = "roast.model.family", Layers = "roast.model.layers", HiddenSize = "roast.model.hidden_size",
        IntermediateSize = "roast.model.intermediate_size", Weights = "roast.model.weights", Tokenizer = "roast.model.tokenizer",
        Questions = "roast.questions",
        PerQuestion = "roast.rollouts.per_question", Temperature = "roast.rollouts.temperature", TopP = "roast.rollouts.top_p",
        MaxTokens = "roast.rollouts.max_tokens", Seed = "roast.rollouts.seed",
        CountQuestions = "roast.counts.questions", CountMixed = "roast.counts.mixed", CountReread = "roast.counts.reread",
        CountKnownWrong = "roast.counts.known_wrong", CountSkipped = "roast.counts.skipped", CountDegenerate = "roast.counts.degenerate",
        MeanNorms = "roast.mean_norms",
        Strength = "roast.recommended.strength", Relative = "roast.recommended.relative", Scope = "roast.recommended.scope",
        Points = "roast.recommended.points",
        Results = "roast.results";

    internal static readonly (string Word, SoftScaling Value)[] Scalings =
        [("max_norm", SoftScaling.MaxNorm), ("l2_norm", SoftScaling.L2Norm), ("softmax", SoftScaling.Softmax), ("none", SoftScaling.None)];

    internal static readonly (string Word, Contrast.Pool Value)[] Pools =
        [("last", Contrast.Pool.Last), ("last_content", Contrast.Pool.LastContent), ("mean", Contrast.Pool.Mean), ("mean_content", Contrast.Pool.MeanContent)];

    internal static readonly (string Word, Scope Value)[] ScopeWords = [.. Enum.GetValues<Scope>().Select(x => (x.Name(), x))];

    internal static readonly (string Word, bool Value)[] Flags = [("true", true), ("false", false)];

    internal static string WordOf<T>((string Word, T Value)[] words, T value) where T : struct =>
        Array.Find(words, x => EqualityComparer<T>.Default.Equals(x.Value, value)).Word
        ?? throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a {typeof(T).Name}.");
}
