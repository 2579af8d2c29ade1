using Roast.Contrast;
using Roast.Onnx.Fit;
using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>Fits steering vectors: rollouts, verification, contrast, soft scaling, grouped mean (DESIGN section 2; ROAST, arXiv 2602.14143).</summary>
public static class Roaster
{
    /// <summary>Fits a vector and returns it alone.</summary>
    /// <inheritdoc cref="FitInDetailAsync"/>
    public static async Task<SteeringVector> FitAsync(SteerableModel model, RoastTask task, RoastOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var fit = await FitInDetailAsync(model, task, options, progress, cancellationToken).ConfigureAwait(false);
        fit.Release();
        return fit.Vector;
    }

    /// <summary>Fits a vector and returns what it was fitted from as well.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="task">Questions with a verifier.</param>
    /// <param name="options"><c>null</c>: ROAST's defaults.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="ArgumentException">A point that the model does not have.</exception>
    /// <exception cref="RoastException">
    /// No question gave a contrast (<see cref="RoastError.NoContrast"/>), NaN or infinity in an activation
    /// (<see cref="RoastError.NotFinite"/>, naming question, rollout and point), or prompts too long (<see cref="RoastError.TooLarge"/>).
    /// </exception>
    public static Task<FitResult> FitInDetailAsync(SteerableModel model, RoastTask task, RoastOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var run = new FitRun(model, task, options, [options.Pool], progress, cancellationToken);
        return Task.Run(() => run.FromSampling()[0], cancellationToken);
    }

    /// <summary>Fits a vector by each of several pools from the same answers, which are sampled and read once; a result for each pool, in their order.</summary>
    internal static Task<IReadOnlyList<FitResult>> FitByAllAsync(SteerableModel model, RoastTask task, RoastOptions options, IReadOnlyList<Pool> pools, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        var run = new FitRun(model, task, options, pools, progress, cancellationToken);
        return Task.Run(run.FromSampling, cancellationToken);
    }

    /// <summary>Fits a vector from answers that were sampled before, by reading them again: no sampling, the same statistics.</summary>
    /// <param name="model">The model that is read.</param>
    /// <param name="task">The questions that the rollouts answer; a rollout names its question by id.</param>
    /// <param name="rollouts">At least one. Their verdicts are taken as they are.</param>
    /// <param name="options"><c>null</c>: ROAST's defaults.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="RoastException">As <see cref="FitInDetailAsync"/>, and <see cref="RoastError.BadTask"/> for a rollout whose question the task does not have.</exception>
    public static Task<FitResult> FitFromRolloutsAsync(SteerableModel model, RoastTask task, IReadOnlyList<Rollout> rollouts, RoastOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var run = new FitRun(model, task, options, [options.Pool], progress, cancellationToken);
        return Task.Run(() => run.FromRollouts(rollouts)[0], cancellationToken);
    }
}
