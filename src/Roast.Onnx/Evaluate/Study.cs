using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>Fit on train, choose the strength on dev, report on test: the whole path to a number that holds.</summary>
/// <param name="Vector">The vector; where it was fitted or a strength was chosen, its provenance has the recommended strength and the results.</param>
/// <param name="Fit">What it was fitted from; <c>null</c> where it was given.</param>
/// <param name="Sweep">Accuracy against strength on dev; <c>null</c> where the strength was given.</param>
/// <param name="Steering">What was reported on.</param>
/// <param name="Report">The report on test.</param>
/// <param name="Overlap">Questions that the splits share; none, unless that was allowed.</param>
/// <param name="Grid">Accuracy over places and strengths on dev; <c>null</c> where there was one place. The vector has the points that were steered only: the chosen place's, else those that it recommended.</param>
public sealed record Study(SteeringVector Vector, FitResult? Fit, StrengthSweep? Sweep, Steering Steering, EvaluationReport Report, Overlap Overlap, GridSweep? Grid = null)
{
    /// <summary>Fits a vector and judges it.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="train">Questions to fit on.</param>
    /// <param name="dev">Questions to choose the strength on.</param>
    /// <param name="test">Questions to report on.</param>
    /// <param name="options"><c>null</c>: the defaults.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Overlap"/>, and what fitting and evaluating refuse.</exception>
    public static async Task<Study> FitAsync(SteerableModel model, RoastTask train, RoastTask dev, RoastTask test, StudyOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        // Before the work, not after it: the fit would be in vain.
        if (!options.AllowOverlap) Overlap.Of(train.Questions.Select(question => question.Hash), dev, test).ThrowIfAny();
        var fit = await Roaster.FitInDetailAsync(model, train, options.Fit, progress, cancellationToken).ConfigureAwait(false);
        var caa = options.CompareWithCaa && HasKnownWrong(train)
            ? await Roaster.FitAsync(model, train, options.Fit with { Method = FitMethod.Caa }, progress, cancellationToken).ConfigureAwait(false)
            : null;
        var study = await EvaluateAsync(model, fit.Vector, dev, test, caa is null ? [] : [KeyValuePair.Create("caa", caa)], options, progress, cancellationToken).ConfigureAwait(false);
        return study with { Fit = fit };
    }

    /// <summary>Judges a vector that exists.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="dev">Questions to choose the strength on; <c>null</c>: take the one of the options.</param>
    /// <param name="test">Questions to report on.</param>
    /// <param name="others">Other vectors to compare with, at the same strength and scope, by name.</param>
    /// <param name="options"><c>null</c>: the defaults.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="RoastException"><see cref="RoastError.Overlap"/>, and what evaluating refuses.</exception>
    public static async Task<Study> EvaluateAsync(SteerableModel model, SteeringVector vector, RoastTask? dev, RoastTask test, IReadOnlyList<KeyValuePair<string, SteeringVector>>? others = null,
        StudyOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var overlap = Overlap.Of(vector.Provenance.QuestionHashes, dev, test);
        if (!options.AllowOverlap) overlap.ThrowIfAny();
        var scope = options.Scope ?? vector.Provenance.RecommendedScope ?? Scope.Last;
        var grid = dev is null || options.Places.Count == 0 ? null
            : await GridSweep.RunAsync(model, dev, vector, options.Places, options.Strengths, options.Relative, scope, options.Evaluation, progress, cancellationToken).ConfigureAwait(false);
        vector = grid is null ? vector.AtRecommendedPoints() : vector.At(grid.Chosen.Place.Resolve(model.Shape.Layers));
        var sweep = dev is null ? null : grid is not null ? grid.Chosen.Sweep
            : await StrengthSweep.RunAsync(model, dev, vector, options.Strengths, options.Relative, scope, options.Evaluation, progress, cancellationToken).ConfigureAwait(false);
        Strength? chosen = sweep is null ? options.Strength : Strength.Of(sweep.Chosen, options.Relative);
        var steering = vector.At(chosen ?? vector.Recommended().Strength, scope);
        var variants = (others ?? []).Select(other => new Variant(other.Key, (grid is null ? other.Value : other.Value.At(steering.Vector.Points)).At(steering.Strength, scope))).ToList();
        var report = await EvaluationReport.RunAsync(model, test, steering, variants, options.Evaluation, progress, cancellationToken).ConfigureAwait(false);
        return new Study(sweep is null ? vector : Recommend(vector, steering, sweep, report), null, sweep, steering, report, overlap, grid);
    }

    /// <summary>Accuracy against strength for a vector that exists: for looking and choosing, not for reporting.</summary>
    /// <returns>The curve, the scope it was measured with, and the questions that the vector was fitted on.</returns>
    /// <exception cref="RoastException"><see cref="RoastError.Overlap"/>, and what evaluating refuses.</exception>
    public static async Task<(StrengthSweep Curve, Scope Scope, Overlap Overlap)> CurveAsync(SteerableModel model, SteeringVector vector, RoastTask data, StudyOptions? options = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var overlap = Overlap.Of(vector.Provenance.QuestionHashes, null, data);
        if (!options.AllowOverlap) overlap.ThrowIfAny();
        var (part, _, scope) = vector.Recommended(null, options.Scope);
        return (await StrengthSweep.RunAsync(model, data, part, options.Strengths, options.Relative, scope, options.Evaluation, progress, cancellationToken).ConfigureAwait(false), scope, overlap);
    }

    /// <summary>The vector with what was measured in its provenance.</summary>
    static SteeringVector Recommend(SteeringVector vector, Steering steering, StrengthSweep sweep, EvaluationReport report) => vector.With(vector.Provenance with
    {
        RecommendedStrength = steering.Strength,
        RecommendedScope = steering.Scope,
        RecommendedPoints = vector.Points,
        Results = new Dictionary<string, MeasuredAccuracy>(vector.Provenance.Results)
        {
            ["dev.baseline"] = sweep.Baseline,
            ["dev.steered"] = sweep.Best,
            ["test.baseline"] = report.Baseline.Accuracy,
            ["test.steered"] = report.Steered.Accuracy,
            ["test.negative"] = report.Negative.Accuracy,
        },
    });

    static bool HasKnownWrong(RoastTask task) => task.Questions.Any(question => question.Wrong is { } wrong && wrong != question.Answer);
}
