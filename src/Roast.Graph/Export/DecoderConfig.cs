namespace Roast.Graph.Export;

/// <summary>What the config.json files of all decoder families share, read once. Limits are far above any known model.</summary>
internal static class DecoderConfig
{
    public const int MaxLayers = 1000;
    public const int MaxWidth = 1 << 20;
    public const int MaxHeads = 4096;
    public const int MaxHeadSize = 1024;
    public const int MaxVocabulary = 1 << 24;
    public const int MaxContext = 1 << 24;

    /// <summary>GroupQueryAttention rotates heads in blocks of this many values.</summary>
    public const int HeadSizeStep = 16;

    public static ModelShape Read(string family, ConfigReader config)
    {
        int hidden = config.Integer("hidden_size", 1, MaxWidth);
        int heads = config.Integer("num_attention_heads", 1, MaxHeads);
        int keyValueHeads = config.OptionalInteger("num_key_value_heads", 1, heads) ?? heads;
        if (heads % keyValueHeads != 0)
            throw new RoastException(RoastError.BadFile, $"{config.File}: 'num_attention_heads' is {heads} and 'num_key_value_heads' {keyValueHeads}; the second must divide the first. Fetch the model's files again.");
        int headSize = config.OptionalInteger("head_dim", 1, MaxHeadSize) ?? hidden / heads;
        if (headSize == 0 || headSize % HeadSizeStep != 0)
            throw config.Unsupported("head_dim", $"{headSize}", $"multiples of {HeadSizeStep}");
        int vocabulary = config.Integer("vocab_size", 1, MaxVocabulary);
        return new ModelShape
        {
            Family = family,
            Layers = config.Integer("num_hidden_layers", 1, MaxLayers),
            HiddenSize = hidden,
            IntermediateSize = config.Integer("intermediate_size", 1, MaxWidth),
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            HeadSize = headSize,
            VocabularySize = vocabulary,
            MaxPositions = config.Integer("max_position_embeddings", 1, MaxContext),
            NormEpsilon = (float)(config.OptionalReal("rms_norm_eps", 1e-30, 1) ?? throw config.Missing("rms_norm_eps")),
            RopeTheta = ReadRopeTheta(config),
            TiedHead = config.OptionalFlag("tie_word_embeddings") ?? false,
            EndTokenIds = config.Integers("eos_token_id", 0, vocabulary - 1),
        };
    }

    /// <summary>Refuses a field that is there with another value than the one whose meaning is built in.</summary>
    public static void RequireText(ConfigReader config, string field, string expected)
    {
        string found = config.OptionalText(field) ?? throw config.Missing(field);
        if (found != expected) throw config.Unsupported(field, $"'{found}'", $"'{expected}'");
    }

    /// <summary>Refuses a feature that is switched on; absent means off.</summary>
    public static void RequireOff(ConfigReader config, string field)
    {
        if (config.OptionalFlag(field) == true) throw config.Unsupported(field, "true", "false");
    }

    // transformers 5 writes rope_parameters {rope_theta, rope_type}; before that rope_theta stood alone, with rope_scaling {rope_type or type} or null.
    static double ReadRopeTheta(ConfigReader config)
    {
        var parameters = config.OptionalObject("rope_parameters");
        var scaling = config.OptionalObject("rope_scaling");
        foreach (var rope in new[] { parameters, scaling })
            foreach (string field in new[] { "rope_type", "type" })
                if (rope?.OptionalText(field) is { } kind && kind != "default")
                    throw rope.Unsupported(field, $"'{kind}'", "'default'");
        foreach (var source in new[] { config, parameters })
            if (source?.OptionalReal("partial_rotary_factor", 0, 1e6) is { } part && part != 1)
                throw source.Unsupported("partial_rotary_factor", $"{part}", "1");
        return parameters?.OptionalReal("rope_theta", 1, 1e15)
            ?? config.OptionalReal("rope_theta", 1, 1e15)
            ?? throw config.Missing("rope_theta");
    }
}
