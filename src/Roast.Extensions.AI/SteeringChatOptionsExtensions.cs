using Microsoft.Extensions.AI;
using Roast.Onnx;

namespace Roast.Extensions.AI;

/// <summary>Steering of one request, in types. Each method replaces what earlier ones said about steering and returns the same options.</summary>
public static class SteeringChatOptionsExtensions
{
    /// <summary>Steers this request by a vector at a strength and scope.</summary>
    /// <param name="options">Changed in place.</param>
    /// <param name="steering">For example <c>careful.At(0.5f)</c>.</param>
    public static ChatOptions Steer(this ChatOptions options, Steering steering) => Set(options, SteeringKeys.Steering, steering ?? throw new ArgumentNullException(nameof(steering)));

    /// <summary>Steers this request by a handle whose strength may be changed while the answer is written.</summary>
    /// <param name="options">Changed in place.</param>
    /// <param name="live">May be shared by several requests; a change then acts on all of them.</param>
    public static ChatOptions Steer(this ChatOptions options, LiveSteering live) => Set(options, SteeringKeys.Live, live ?? throw new ArgumentNullException(nameof(live)));

    /// <summary>Steers this request by a vector that the client knows.</summary>
    /// <param name="options">Changed in place.</param>
    /// <param name="vector">A name in <see cref="RoastChatClientOptions.Vectors"/>; an unknown one is refused when the request is made.</param>
    /// <param name="strength"><c>null</c>: what the vector recommends, else 0.2 absolute.</param>
    /// <param name="scope"><c>null</c>: what the vector recommends, else <see cref="Scope.Last"/>.</param>
    public static ChatOptions Steer(this ChatOptions options, string vector, Strength? strength = null, Scope? scope = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(vector);
        Set(options, SteeringKeys.Vector, vector);
        if (strength is { } s) options.AdditionalProperties![SteeringKeys.Strength] = s;
        if (scope is { } where) options.AdditionalProperties![SteeringKeys.Scope] = where;
        return options;
    }

    /// <summary>Does not steer this request, also where the client has a steering by default.</summary>
    /// <param name="options">Changed in place.</param>
    public static ChatOptions Unsteer(this ChatOptions options) => Set(options, SteeringKeys.Vector, null);

    static ChatOptions Set(ChatOptions options, string key, object? value)
    {
        ArgumentNullException.ThrowIfNull(options);
        var properties = options.AdditionalProperties ??= [];
        foreach (string other in (string[])[SteeringKeys.Steering, SteeringKeys.Live, SteeringKeys.Vector, SteeringKeys.Strength, SteeringKeys.Relative, SteeringKeys.Scope]) properties.Remove(other);
        properties[key] = value;
        return options;
    }
}
