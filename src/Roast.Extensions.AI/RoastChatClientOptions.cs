using System.Collections.ObjectModel;
using Roast.Onnx;

namespace Roast.Extensions.AI;

/// <summary>How a chat client answers where a request does not say otherwise. Immutable; vary it using <c>with</c>.</summary>
public sealed record RoastChatClientOptions
{
    /// <summary>The model's name in responses and telemetry. <c>null</c>: the name of its folder or file.</summary>
    public string? ModelId { get; init; }

    /// <summary>
    /// Sampling, limits, stop strings and steering of requests that do not set them. Default: greedy, up to the context, seed 42, so the same
    /// request has the same answer. <see cref="GenerationOptions.IgnoreEnd"/> and <see cref="GenerationOptions.Trace"/> come from here alone.
    /// </summary>
    public GenerationOptions Defaults { get; init => field = value ?? throw new ArgumentNullException(nameof(Defaults)); } = new();

    /// <summary>Vectors that requests may name in <see cref="SteeringKeys.Vector"/>. A request can reach no other vector by a text.</summary>
    public IReadOnlyDictionary<string, SteeringVector> Vectors { get; init => field = value ?? throw new ArgumentNullException(nameof(Vectors)); } = ReadOnlyDictionary<string, SteeringVector>.Empty;

    /// <summary>Most answers that are written at once; further requests wait. At least 1. <c>null</c>: any number, each with a KV cache of its own.</summary>
    public int? MaxConcurrentRequests
    {
        get;
        init { if (value is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(MaxConcurrentRequests)); field = value; }
    }

    /// <summary>Whether disposing the client disposes the model.</summary>
    public bool OwnsModel { get; init; }
}
