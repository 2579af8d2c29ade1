using Roast.Onnx;

namespace Roast.GenAI;

/// <summary>What GenAI cannot do as our loop does it, refused with the reason. Nothing is approximated.</summary>
internal static class Refusals
{
    /// <summary>Rows that GenAI decodes together at most: a constant of its generator.</summary>
    public const int MaxRows = 32;

    /// <summary>Refuses prompts that are no prompts, and what these options ask of these rows and GenAI cannot give.</summary>
    /// <exception cref="ArgumentException">An empty prompt, an id outside the vocabulary, or a fixed and a live steering at once.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/> or <see cref="RoastError.TooLarge"/>.</exception>
    public static void Check(GenAIFolder folder, IReadOnlyList<int[]> prompts, GenerationOptions options)
    {
        CheckPrompts(folder, prompts, options);
        if (options is { Steering: not null, Live: not null })
            throw new ArgumentException("An answer is steered by a fixed steering or by a live one, not by both. Set one of them.", nameof(options));
        if (options.Trace) throw No("shows no activations while it generates: it copies every output to the CPU at every step, so its graphs have no taps, and nothing can be traced or captured");
        if (prompts.Count > MaxRows) throw No($"decodes at most {MaxRows} rows together, and {prompts.Count} were given");
        if (prompts.Count == 1) return;
        if (!options.Sampler.IsGreedy) throw No($"draws all rows of a batch from one seed, so {prompts.Count} rows cannot have their own random numbers; greedy rows, or one row, can");
        if (options.Sampler.RepetitionPenalty != 1) throw No("counts the padding of a batch as repeated tokens, so a repetition penalty works for one row only");
        if (options.IgnoreEnd) throw No("ends a row of a batch at its end token; going on after it works for one row only");
        if ((options.Live?.Current ?? options.Steering)?.Scope == Scope.Last && prompts.Any(prompt => prompt.Length > 1))
            throw No("runs the prompts of a batch at once, every position alike, so scope last, which leaves all but the last token alone, works for one row only");
        if (prompts.FirstOrDefault(prompt => prompt[^1] == folder.PadToken) is not null)
            throw No($"takes token {folder.PadToken} (pad_token_id) at the end of a row of a batch for padding, and a prompt ends with it");
    }

    static void CheckPrompts(GenAIFolder folder, IReadOnlyList<int[]> prompts, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0) throw new ArgumentException("There are no prompts.", nameof(prompts));
        foreach (int[] prompt in prompts)
        {
            ArgumentNullException.ThrowIfNull(prompt, nameof(prompts));
            if (prompt.Length == 0) throw new ArgumentException("A prompt needs at least one token.", nameof(prompts));
            foreach (int id in prompt)
                if ((uint)id >= (uint)folder.Vocabulary)
                    throw new ArgumentException($"Token id {id} is outside the model's vocabulary of {folder.Vocabulary}; ids run from 0 to {folder.Vocabulary - 1}.", nameof(prompts));
            if (prompt.Length >= folder.Context || prompt.Length + (long)(options.MaxTokens ?? 1) > folder.Context)
                throw new RoastException(RoastError.TooLarge, $"A prompt of {prompt.Length} tokens and up to {options.MaxTokens ?? 1} new ones exceed the model's context of {folder.Context} tokens. Shorten the prompt or lower the most new tokens.");
        }
    }

    static RoastException No(string why) => new(RoastError.Unsupported, $"GenAI {why}. Use Roast's own loop for this: --engine ort, or {nameof(SteerableModel)}.");
}
