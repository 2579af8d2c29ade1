using Microsoft.Extensions.AI;
using Roast.Onnx;

namespace Roast.Extensions.AI.Requests;

/// <summary>What steers a request, and what it is called in logs and telemetry.</summary>
/// <param name="Fixed">A steering; <c>null</c>: none, or a live one.</param>
/// <param name="Live">A handle; <c>null</c>: none, or a fixed one.</param>
/// <param name="Name">The vector's registered name; <see cref="Unnamed"/> for one that came as an object; <c>null</c>: not steered.</param>
internal sealed record RequestSteering(Steering? Fixed, LiveSteering? Live, string? Name)
{
    public const string Unnamed = "unnamed";

    public static RequestSteering None { get; } = new(null, null, null);

    /// <summary>What steers now.</summary>
    public Steering? Current => Fixed ?? Live?.Current;
}

/// <summary>Reads <see cref="SteeringKeys"/>.</summary>
internal static class SteeringReader
{
    static readonly string[] Parts = [SteeringKeys.Vector, SteeringKeys.Strength, SteeringKeys.Relative, SteeringKeys.Scope];

    /// <summary>A request's steering.</summary>
    /// <param name="properties">Its properties.</param>
    /// <param name="defaults">What steers where it says nothing.</param>
    /// <param name="vectors">Vectors by name.</param>
    /// <exception cref="ArgumentException">Keys that do not go together, a value of the wrong kind, or a name that is not known.</exception>
    public static RequestSteering Read(PropertyBag properties, GenerationOptions defaults, IReadOnlyDictionary<string, SteeringVector> vectors)
    {
        bool isParts = Parts.Any(properties.Has);
        if ((properties.Has(SteeringKeys.Steering) ? 1 : 0) + (properties.Has(SteeringKeys.Live) ? 1 : 0) + (isParts ? 1 : 0) > 1)
            throw new ArgumentException($"A request is steered in one way: by {SteeringKeys.Steering}, by {SteeringKeys.Live}, or by {string.Join(", ", Parts)}. Keep one of them.");
        if (properties[SteeringKeys.Steering] is { } whole)
            return Named(whole as Steering ?? throw PropertyBag.Unfit(SteeringKeys.Steering, whole, nameof(Steering)), vectors);
        if (properties[SteeringKeys.Live] is { } live)
            return new RequestSteering(null, live as LiveSteering ?? throw PropertyBag.Unfit(SteeringKeys.Live, live, nameof(LiveSteering)), RequestSteering.Unnamed);
        if (!isParts) return defaults.Live is { } handle ? new RequestSteering(null, handle, RequestSteering.Unnamed) : defaults.Steering is { } steering ? Named(steering, vectors) : RequestSteering.None;
        return FromParts(properties, defaults.Live?.Current ?? defaults.Steering, vectors);
    }

    static RequestSteering FromParts(PropertyBag properties, Steering? otherwise, IReadOnlyDictionary<string, SteeringVector> vectors)
    {
        var (strength, scope) = (StrengthOf(properties), ScopeOf(properties));
        if (properties.Has(SteeringKeys.Vector))
        {
            if (properties[SteeringKeys.Vector] is { } value) return Named(Vector(value, vectors).Recommended(strength, scope), vectors);
            if (strength is null && scope is null) return RequestSteering.None;
        }
        else if (otherwise is not null) return Named(otherwise with { Strength = strength ?? otherwise.Strength, Scope = scope ?? otherwise.Scope }, vectors);
        throw new ArgumentException($"{SteeringKeys.Strength}, {SteeringKeys.Relative} and {SteeringKeys.Scope} say how a vector steers, and there is none: set {SteeringKeys.Vector}, or leave them out.");
    }

    static SteeringVector Vector(object value, IReadOnlyDictionary<string, SteeringVector> vectors) => value switch
    {
        SteeringVector vector => vector,
        string name => vectors.TryGetValue(name, out var known) ? known : throw new ArgumentException($"The vector '{name}' is not known to this client; expected {Known(vectors.Keys)}."),
        _ => throw PropertyBag.Unfit(SteeringKeys.Vector, value, "a SteeringVector or the name of one"),
    };

    static Strength? StrengthOf(PropertyBag properties)
    {
        bool? relative = properties.Truth(SteeringKeys.Relative);
        if (properties[SteeringKeys.Strength] is Strength strength)
            return relative is null || relative == strength.IsRelative ? strength : throw new ArgumentException($"{SteeringKeys.Relative} is {relative}, and {SteeringKeys.Strength} is {strength}, which says so itself. Leave {SteeringKeys.Relative} out.");
        if (properties.Number(SteeringKeys.Strength) is not { } s)
            return relative is not true ? null : throw new ArgumentException($"{SteeringKeys.Relative} says how {SteeringKeys.Strength} is meant: set it as well.");
        return Strength.Of(s, relative == true);
    }

    static Scope? ScopeOf(PropertyBag properties) => properties[SteeringKeys.Scope] switch
    {
        null => null,
        Scope scope => scope,
        string name when Scopes.TryParse(name, out var scope) => scope,
        var other => throw PropertyBag.Unfit(SteeringKeys.Scope, other, string.Join(", ", Enum.GetValues<Scope>().Select(scope => scope.Name()))),
    };

    static RequestSteering Named(Steering steering, IReadOnlyDictionary<string, SteeringVector> vectors)
    {
        if (steering.Strength.IsRelative && steering.Vector.Points.Any(point => !steering.Vector.Provenance.MeanNorms.ContainsKey(point)))
            throw new ArgumentException("The vector does not say the mean activation norm at its points, so a relative strength has no meaning for it. Give an absolute strength.");
        return new RequestSteering(steering, null, vectors.FirstOrDefault(entry => ReferenceEquals(entry.Value, steering.Vector)).Key ?? RequestSteering.Unnamed);
    }

    /// <summary>The names that there are, as the end of a message.</summary>
    internal static string Known(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'")) is { Length: > 0 } list ? list : "a name, and no vector has one: add it to Vectors";
}
