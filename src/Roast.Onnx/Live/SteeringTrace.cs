namespace Roast.Onnx;

/// <summary>Whether a steering fired, and how hard: for every token that was fed, the share of the activation that was added.</summary>
/// <param name="Points">The steered points, in the order of each step's ratios.</param>
/// <param name="Steps">One entry per token that was fed, the last prompt token first.</param>
public sealed record SteeringTrace(IReadOnlyList<Point> Points, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>Below this share of the activation an addition is lost in float32's rounding of the sums that follow.</summary>
    public const float Noticeable = 1e-6f;

    /// <summary>Why the steering cannot have changed anything; <c>null</c> where it may have.</summary>
    public string? Warning => Steps.All(step => !step.IsSteered)
        ? "The steering changed nothing: its scope has no position in this answer."
        : Steps.SelectMany(step => step.Ratios).All(ratio => !(ratio > Noticeable))
            ? "The steering changed nothing: at every steered position what was added is too small beside the activation. Raise the strength, or look at the vector with 'roast inspect'."
            : null;
}

/// <summary>What was added at one position.</summary>
/// <param name="Position">The token's place in the sequence, prompt included, from 0.</param>
/// <param name="IsSteered">Whether the scope covers the position.</param>
/// <param name="Ratios">[points] |s*v| / |h|, h before the addition; 0 where the position is not steered.</param>
public sealed record TraceStep(int Position, bool IsSteered, IReadOnlyList<float> Ratios);
