using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>Accuracy on dev over places and strengths, and the setting that is chosen from it.</summary>
/// <param name="Baseline">Accuracy without steering.</param>
/// <param name="Curves">One curve per place, in the order in which the places were given.</param>
/// <param name="Chosen">The curve of the chosen place; its own choice is the chosen strength.</param>
public sealed record GridSweep(MeasuredAccuracy Baseline, IReadOnlyList<PlaceCurve> Curves, PlaceCurve Chosen)
{
    /// <summary>Runs baseline and every strength at every place as rows of one batch.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="dev">Questions for choosing: neither trained on nor reported.</param>
    /// <param name="vector">What steers; it has all points of all places.</param>
    /// <param name="places">At least one.</param>
    /// <param name="strengths">At least one, finite.</param>
    /// <param name="relative">Whether the strengths are relative.</param>
    /// <param name="scope">At which positions.</param>
    /// <param name="options"><c>null</c>: greedy.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="ArgumentException">A place names a layer that the model does not have.</exception>
    /// <exception cref="KeyNotFoundException">A place names a point that the vector does not have.</exception>
    public static async Task<GridSweep> RunAsync(SteerableModel model, RoastTask dev, SteeringVector vector, IReadOnlyList<PointPattern> places, IReadOnlyList<float> strengths, bool relative = false,
        Scope scope = Scope.Last, EvaluationOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(places.Count, nameof(places));
        ArgumentOutOfRangeException.ThrowIfZero(strengths.Count, nameof(strengths));
        var parts = places.Select(place => (place, vector.At(place.Resolve(model.Shape.Layers)))).ToList();
        var (baseline, curves) = await PlaceCurve.RunAsync(model, dev, parts, strengths, relative, scope, options, progress, "sweeping places and strengths", cancellationToken).ConfigureAwait(false);
        return new GridSweep(baseline, curves, PlaceCurve.Choose(curves));
    }
}

/// <summary>Accuracy against strength at one place.</summary>
/// <param name="Place">The points that are steered together.</param>
/// <param name="Sweep">The curve, and the strength that would be chosen there.</param>
public sealed record PlaceCurve(PointPattern Place, StrengthSweep Sweep)
{
    /// <summary>Runs baseline and every strength of every vector at its place, as rows of one batch; a curve for each vector, in their order.</summary>
    internal static async Task<(MeasuredAccuracy Baseline, IReadOnlyList<PlaceCurve> Curves)> RunAsync(SteerableModel model, RoastTask dev, IReadOnlyList<(PointPattern Place, SteeringVector Part)> parts,
        IReadOnlyList<float> strengths, bool relative, Scope scope, EvaluationOptions? options, IProgress<WorkProgress>? progress, string stage, CancellationToken cancel)
    {
        Variant[] variants = [new("baseline", null), .. parts.SelectMany(x => strengths.Select(s => new Variant($"{x.Place} at {s}", x.Part.At(Strength.Of(s, relative), scope))))];
        var outcomes = await Evaluator.RunAsync(model, dev, variants, options, progress, stage, cancel).ConfigureAwait(false);
        var baseline = outcomes[0].Accuracy;
        return (baseline, [.. parts.Select((x, p) => new PlaceCurve(x.Place, StrengthSweep.Choose(baseline,
            [.. strengths.Select((s, i) => KeyValuePair.Create(s, outcomes[1 + p * strengths.Count + i].Accuracy))])))]);
    }

    /// <summary>The curve with the widest plateau near the best accuracy of all: a place that works at many strengths works by less luck.</summary>
    internal static PlaceCurve Choose(IReadOnlyList<PlaceCurve> curves)
    {
        double best = curves.Max(curve => curve.Sweep.Accuracies.Max(pair => pair.Value.Value));
        return curves.MaxBy(curve => (curve.Sweep.Within(best).Count, curve.Sweep.Best.Value))!;
    }
}
