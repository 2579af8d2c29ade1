namespace Roast.Graph.Export;

/// <summary>
/// Reads rotations from config.json in both spellings: transformers 5 writes rope_parameters {rope_theta, rope_type, ...},
/// per layer type where they differ; before that rope_theta stood alone, with rope_scaling {rope_type or type, ...} or null.
/// </summary>
internal static class RotationReader
{
    const string Known = "'default', 'linear' or 'llama3'";

    /// <summary>The rotation of a model that has one for all layers.</summary>
    /// <param name="config">The root of config.json.</param>
    /// <param name="part">Default of partial_rotary_factor where the family has that field; <c>null</c>: the family rotates whole heads.</param>
    public static Rotation Read(ConfigReader config, double? part = null)
    {
        var parameters = config.OptionalObject("rope_parameters");
        return Read(parameters ?? config.OptionalObject("rope_scaling") ?? config, [parameters, config], "rope_theta", part);
    }

    /// <summary>The rotations of a model whose windowed layers have their own: (full attention, windowed).</summary>
    public static (Rotation Full, Rotation Local) ReadPair(ConfigReader config)
    {
        if (config.OptionalObject("rope_parameters") is not { } parameters)
            return (Read(config), new Rotation { Theta = Theta([config], "rope_local_base_freq") });
        var full = parameters.OptionalObject("full_attention") ?? throw parameters.Missing("full_attention");
        var local = parameters.OptionalObject("sliding_attention") ?? throw parameters.Missing("sliding_attention");
        return (Read(full, [full], "rope_theta", null), Read(local, [local], "rope_theta", null));
    }

    static Rotation Read(ConfigReader scaling, ReadOnlySpan<ConfigReader?> sources, string theta, double? part)
    {
        double rotated = part ?? 1;
        foreach (var source in sources)
        {
            if (source?.OptionalReal("partial_rotary_factor", 0, 1e6) is not { } found) continue;
            if (part is null ? found != 1 : found > 1) throw source.Unsupported("partial_rotary_factor", $"{found}", part is null ? "1" : "at most 1");
            rotated = found;
            break;
        }
        var rotation = new Rotation { Theta = Theta(sources, theta), Part = rotated };
        switch (scaling.OptionalText("rope_type") ?? scaling.OptionalText("type"))
        {
            case null or "default": return rotation;
            case "linear": return rotation with { Scaling = RotationScaling.Linear, Factor = Factor(scaling, "factor") };
            case "llama3":
                double low = Factor(scaling, "low_freq_factor"), high = Factor(scaling, "high_freq_factor");
                if (low >= high) throw scaling.Unsupported("high_freq_factor", $"{high}", $"more than low_freq_factor, {low}");
                return rotation with
                {
                    Scaling = RotationScaling.Llama3, Factor = Factor(scaling, "factor"), LowFrequencyFactor = low, HighFrequencyFactor = high,
                    OriginalMaxPositions = scaling.Integer("original_max_position_embeddings", 1, DecoderConfig.MaxContext),
                };
            case { } other: throw scaling.Unsupported(scaling.OptionalText("rope_type") is null ? "type" : "rope_type", $"'{other}'", Known);
        }
    }

    static double Factor(ConfigReader config, string field) => config.OptionalReal(field, 0, 1e6) ?? throw config.Missing(field);

    static double Theta(ReadOnlySpan<ConfigReader?> sources, string field)
    {
        foreach (var source in sources)
            if (source?.OptionalReal(field, 1, 1e15) is { } theta) return theta;
        throw sources[^1]!.Missing(field);
    }
}
