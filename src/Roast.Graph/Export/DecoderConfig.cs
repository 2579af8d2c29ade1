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

    /// <summary>The fields that every family has, and its rotation; what is particular, the family adds.</summary>
    public static ModelShape Read(string family, ConfigReader config, Rotation rotation, bool tied = false)
    {
        int hidden = config.Integer("hidden_size", 1, MaxWidth);
        int heads = config.Integer("num_attention_heads", 1, MaxHeads);
        int keyValueHeads = config.OptionalInteger("num_key_value_heads", 1, heads) ?? heads;
        if (heads % keyValueHeads != 0)
            throw new RoastException(RoastError.BadFile, $"{config.File}: 'num_attention_heads' is {heads} and 'num_key_value_heads' {keyValueHeads}; the second must divide the first. Fetch the model's files again.");
        int headSize = config.OptionalInteger("head_dim", 1, MaxHeadSize) ?? hidden / heads;
        if (headSize == 0 || headSize % HeadSizeStep != 0)
            throw config.Unsupported("head_dim", $"{headSize}", $"multiples of {HeadSizeStep}");
        if (rotation.RotatedWidth(headSize) is var rotated && (rotated == 0 || rotated % HeadSizeStep != 0))
            throw config.Unsupported("partial_rotary_factor", $"{rotation.Part}, so that {rotated} of {headSize} values rotate", $"multiples of {HeadSizeStep} values");
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
            Rotation = rotation,
            TiedHead = config.OptionalFlag("tie_word_embeddings") ?? tied,
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

    /// <summary>The window of each layer, from layer_types or, where that is absent, from the family's own rule.</summary>
    /// <param name="config">The root of config.json.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="slides">Whether a layer has a window where layer_types does not say.</param>
    /// <exception cref="RoastException">A type that is not known, another number of types than layers, or a window without its size.</exception>
    public static IReadOnlyList<int?> ReadWindows(ConfigReader config, int layers, Func<int, bool> slides)
    {
        string[] types = config.Texts("layer_types");
        if (types.Length == 0) types = [.. Enumerable.Range(0, layers).Select(layer => slides(layer) ? Sliding : Full)];
        if (types.Length != layers) throw config.Unsupported("layer_types", $"a list of {types.Length}", $"one type for each of the {layers} layers");
        if (types.FirstOrDefault(type => type is not (Full or Sliding)) is { } other)
            throw config.Unsupported("layer_types", $"'{other}' in some layer", $"'{Full}' and '{Sliding}'");
        return types.Contains(Sliding) ? [.. types.Select(type => type == Sliding ? config.Integer("sliding_window", 1, MaxContext) : (int?)null)] : [];
    }

    /// <summary>Refuses a list of layer types with anything but full attention; absent means that.</summary>
    public static void RequireFullAttention(ConfigReader config)
    {
        if (config.Texts("layer_types").FirstOrDefault(type => type != Full) is { } other)
            throw config.Unsupported("layer_types", $"'{other}' in some layer", $"'{Full}' in every layer");
    }

    public const string Full = "full_attention", Sliding = "sliding_attention";
}
