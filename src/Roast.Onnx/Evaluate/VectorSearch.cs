using Roast.Contrast;
using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>
/// Vectors by several pools and scalings from one set of rollouts, each tried on dev at several places and strengths, and the
/// setting that is chosen. A search looks at dev many times: what it reports of dev is no result, test is.
/// </summary>
/// <param name="Vector">The chosen vector at the chosen points; its provenance recommends the strength and scope, and names train and dev as seen.</param>
/// <param name="Fit">What the first pool's vector was fitted from.</param>
/// <param name="Baseline">Dev without steering.</param>
/// <param name="Candidates">One per pool, scaling and place, in that order.</param>
/// <param name="Chosen">The candidate that was chosen; its sweep has the strength.</param>
public sealed record VectorSearch(SteeringVector Vector, FitResult Fit, MeasuredAccuracy Baseline, IReadOnlyList<SearchCandidate> Candidates, SearchCandidate Chosen)
{
    /// <summary>Samples once, fits all vectors, and runs all settings as rows of one batch.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="train">Questions to fit on.</param>
    /// <param name="dev">Questions to choose on.</param>
    /// <param name="options"><c>null</c>: the defaults.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="ArgumentException">Another method than ROAST, or a place with a layer that the model does not have.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Overlap"/>, and what fitting and evaluating refuse.</exception>
    public static async Task<VectorSearch> RunAsync(SteerableModel model, RoastTask train, RoastTask dev, SearchOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (options.Fit.Method != FitMethod.Roast) throw new ArgumentException($"A search fits by {FitMethod.Roast}; {options.Fit.Method} has no rollouts to fit from again.", nameof(options));
        if (!options.AllowOverlap) Overlap.Of(train.Questions.Select(question => question.Hash), dev, test: null).ThrowIfAny();
        var places = options.Places.Select(place => (Place: place, Points: place.Resolve(model.Shape.Layers))).ToList();
        var fit = options.Fit with { Points = PointPattern.Of(places.SelectMany(place => place.Points).Distinct()) };
        var fits = await Roaster.FitByAllAsync(model, train, fit, [.. options.Pools.Distinct()], progress, cancellationToken).ConfigureAwait(false);

        var settings = fits.SelectMany(fit => options.Scalings.SelectMany(scaling => Scaled(fit, scaling, options.Fit.RereadWeight) is var vector
            ? places.Select(place => (vector.Provenance.Pool, Scaling: scaling, place.Place, Vector: vector.At(place.Points))) : [])).ToList();
        foreach (var other in fits.Skip(1)) other.Release();  // the result has the first fit only; the sweep can use the room
        var (baseline, curves) = await PlaceCurve.RunAsync(model, dev, [.. settings.Select(setting => (setting.Place, setting.Vector))], options.Strengths, options.Relative, options.Scope,
            options.Evaluation, progress, "searching on dev", cancellationToken).ConfigureAwait(false);
        var candidates = settings.Zip(curves, (setting, curve) => new SearchCandidate(setting.Pool!.Value, setting.Scaling, curve)).ToList();
        var curve = PlaceCurve.Choose(curves);
        int chosen = candidates.FindIndex(candidate => ReferenceEquals(candidate.Curve, curve));
        return new VectorSearch(Recommend(settings[chosen].Vector, curve.Sweep, options, dev), fits[0], baseline, candidates, candidates[chosen]);
    }

    static SteeringVector Scaled(FitResult fit, SoftScaling scaling, double rereadWeight) =>
        scaling == fit.Solution.Scaling ? fit.Vector : fit.Statistics.Solve(scaling, rereadWeight).ToVector(fit.Vector.Provenance);

    static SteeringVector Recommend(SteeringVector vector, StrengthSweep sweep, SearchOptions options, RoastTask dev) => vector.With(vector.Provenance with
    {
        RecommendedStrength = Strength.Of(sweep.Chosen, options.Relative),
        RecommendedScope = options.Scope,
        RecommendedPoints = vector.Points,
        // Chosen on is seen too: a report on dev must be refused.
        QuestionHashes = [.. vector.Provenance.QuestionHashes.Union(dev.Questions.Select(question => question.Hash))],
        Results = new Dictionary<string, MeasuredAccuracy>(vector.Provenance.Results) { ["dev.baseline"] = sweep.Baseline, ["dev.steered"] = sweep.Best },
    });
}

/// <summary>One vector at one place, at every strength.</summary>
/// <param name="Pool">Which tokens spoke for an answer.</param>
/// <param name="Scaling">How contrasts were normalized.</param>
/// <param name="Curve">The place, and accuracy against strength there.</param>
public sealed record SearchCandidate(Pool Pool, SoftScaling Scaling, PlaceCurve Curve);
