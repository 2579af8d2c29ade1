namespace Roast.Extensions.AI;

/// <summary>
/// A chat client as configuration describes it, for example as a section of appsettings.json. Checked when the application starts;
/// files are opened when the client is first asked for.
/// </summary>
public sealed class RoastChatSettings
{
    /// <summary>Model folder, .onnx or .gguf file; a relative path starts at the current folder. Required.</summary>
    public string? ModelPath { get; set; }

    /// <summary>The model's name in responses and telemetry. <c>null</c>: the name of its folder or file.</summary>
    public string? ModelId { get; set; }

    /// <summary>Threads inside one operator, at least 1. <c>null</c>: one per core, one for a tiny model.</summary>
    public int? Threads { get; set; }

    /// <summary>Vector files by the name under which requests may ask for them. Each must fit the model.</summary>
    public IDictionary<string, string> Vectors { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The vector that steers requests that do not say otherwise: a name in <see cref="Vectors"/>. <c>null</c>: none.</summary>
    public string? Vector { get; set; }

    /// <summary>Its strength, a finite number. <c>null</c>: what it recommends, else 0.2.</summary>
    public float? Strength { get; set; }

    /// <summary>Whether <see cref="Strength"/> is a share of the mean activation norm at each point.</summary>
    public bool Relative { get; set; }

    /// <summary>Where it steers. <c>null</c>: what it recommends, else <see cref="Roast.Scope.Last"/>.</summary>
    public Scope? Scope { get; set; }

    /// <summary>Divides the logits, finite, at least 0. <c>null</c>: 0, the most likely token.</summary>
    public float? Temperature { get; set; }

    /// <summary>Keeps the most probable tokens whose mass reaches this, in (0, 1]. <c>null</c>: all.</summary>
    public float? TopP { get; set; }

    /// <summary>Keeps this many of the most probable tokens, at least 1. <c>null</c>: all.</summary>
    public int? TopK { get; set; }

    /// <summary>New tokens at most, at least 1. <c>null</c>: up to the model's context.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Key of the random numbers of requests without a seed. <c>null</c>: 42.</summary>
    public long? Seed { get; set; }

    /// <summary>Most answers that are written at once, at least 1; further requests wait. <c>null</c>: any number.</summary>
    public int? MaxConcurrentRequests { get; set; }
}
