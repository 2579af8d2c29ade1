using System.CommandLine;

namespace Roast.Cli.Options;

/// <summary><c>--points-grid</c>: places to try, each of them points that are steered together.</summary>
internal static class PlaceGrid
{
    /// <summary>Stands for every point of a vector by itself; which those are is known when the vector is.</summary>
    static readonly PointPattern EachPoint = PointPattern.Parse("resid_post.*");

    /// <param name="description">What the places are for.</param>
    /// <param name="takesEach">Whether the word 'each' is one: for commands that read a vector.</param>
    public static Option<IReadOnlyList<PointPattern>?> Option(string description, bool takesEach) => Words.Read<IReadOnlyList<PointPattern>?>("--points-grid", description, "list",
        text => [.. text.Split(';', StringSplitOptions.TrimEntries).Select(part => takesEach && part == "each" ? EachPoint : PointPattern.Parse(part))]);

    /// <summary>The places that were given, with 'each' as a vector's points one by one; none where the option was left out.</summary>
    public static IReadOnlyList<PointPattern> Of(IReadOnlyList<PointPattern>? places, SteeringVector vector) =>
        [.. (places ?? []).SelectMany(place => ReferenceEquals(place, EachPoint) ? vector.Points.Select(point => PointPattern.Of([point])) : [place])];
}
