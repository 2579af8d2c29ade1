using Roast.Contrast;

namespace Roast;

/// <summary>How a vector came to be, as far as it is known. Written into the vector's file as <c>roast.*</c> metadata.</summary>
public sealed record VectorProvenance
{
    /// <summary>Nothing is known: a file with nothing but tensors.</summary>
    public static VectorProvenance Unknown { get; } = new();

    /// <summary>How it was fitted: <c>roast</c>, <c>caa</c>, <c>mean_difference</c>, <c>negative</c>, <c>random</c>; <c>null</c> where unknown.</summary>
    public string? Method { get; init; }

    /// <summary>How each question's contrast was normalized.</summary>
    public SoftScaling? Scaling { get; init; }

    /// <summary>Which tokens of a rollout spoke for it.</summary>
    public Pool? Pool { get; init; }

    /// <summary>The model it was fitted on.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>Hashes of the questions it has seen; evaluation refuses to test on them.</summary>
    public IReadOnlyList<string> QuestionHashes { get; init; } = [];

    /// <summary>How the answers were sampled.</summary>
    public RolloutSettings? Rollouts { get; init; }

    /// <summary>How many questions gave a contrast, and how.</summary>
    public ContrastCounts? Counts { get; init; }

    /// <summary>r, the mean Euclidean norm of the activations at each point, for relative strengths.</summary>
    public IReadOnlyDictionary<Point, float> MeanNorms { get; init; } = new Dictionary<Point, float>();

    /// <summary>The strength that did best on dev, if one was measured.</summary>
    public Strength? RecommendedStrength { get; init; }

    /// <summary>The scope that the recommended strength was measured with.</summary>
    public Scope? RecommendedScope { get; init; }

    /// <summary>The points that the recommended strength was measured at, together; each is one of the vector's. Empty: all of the vector's.</summary>
    public IReadOnlyList<Point> RecommendedPoints { get; init; } = [];

    /// <summary>Measured accuracies, for example <c>dev.steered</c>: correct and total.</summary>
    public IReadOnlyDictionary<string, MeasuredAccuracy> Results { get; init; } = new Dictionary<string, MeasuredAccuracy>();

    /// <summary>Metadata of the file that this version does not know; kept when the vector is written again.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether nothing is known of how the vector came to be; <see cref="Extra"/> does not count.</summary>
    public bool IsUnknown => this is { Method: null, Scaling: null, Pool: null, Model: null, Rollouts: null, Counts: null, RecommendedStrength: null, RecommendedScope: null }
        && QuestionHashes.Count == 0 && RecommendedPoints.Count == 0 && MeanNorms.Count == 0 && Results.Count == 0;
}

/// <summary>What tells one model from another.</summary>
/// <param name="Family">Hugging Face's <c>model_type</c>, for example <c>qwen3</c>.</param>
/// <param name="Layers">Number of blocks.</param>
/// <param name="HiddenSize">Width of <c>resid_post</c>, <c>attn_out</c> and <c>mlp_out</c>.</param>
/// <param name="IntermediateSize">Width of <c>mlp_act</c>.</param>
/// <param name="WeightsFingerprint">A hash over the weights; <c>null</c> where it was not taken.</param>
/// <param name="TokenizerHash">SHA-256 of tokenizer.json in lower-case hex; <c>null</c> where there is none.</param>
public sealed record ModelIdentity(string Family, int Layers, int HiddenSize, int IntermediateSize, string? WeightsFingerprint = null, string? TokenizerHash = null)
{
    /// <summary>The width of an activation at a site.</summary>
    public int Width(Site site) => site == Site.MlpAct ? IntermediateSize : HiddenSize;
}

/// <summary>How rollouts were sampled.</summary>
/// <param name="PerQuestion">Answers per question.</param>
/// <param name="Temperature">Softmax temperature; 0 is greedy.</param>
/// <param name="TopP">Nucleus mass in (0, 1].</param>
/// <param name="MaxTokens">Longest answer in tokens, end token included.</param>
/// <param name="Seed">Philox key.</param>
public sealed record RolloutSettings(int PerQuestion, float Temperature, float TopP, int MaxTokens, ulong Seed);

/// <summary>How many questions gave a contrast, and how.</summary>
/// <param name="Questions">All questions that were looked at.</param>
/// <param name="Mixed">Had correct and incorrect rollouts.</param>
/// <param name="Reread">Had no correct rollout; the reference answer stood in, with less weight.</param>
/// <param name="KnownWrong">Had no incorrect rollout; a known wrong answer stood in.</param>
/// <param name="Skipped">Gave no contrast.</param>
/// <param name="Degenerate">Contrasts, over all points, too small to be scaled: they count as zeros.</param>
public sealed record ContrastCounts(int Questions, int Mixed, int Reread, int KnownWrong, int Skipped, int Degenerate);

/// <summary>How many answers were right.</summary>
/// <param name="Correct">Right answers.</param>
/// <param name="Total">Questions asked.</param>
public readonly record struct MeasuredAccuracy(int Correct, int Total)
{
    /// <summary>Correct / Total; 0 where nothing was asked.</summary>
    public double Value => Total == 0 ? 0 : (double)Correct / Total;
}
