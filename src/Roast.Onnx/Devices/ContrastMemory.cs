using Roast.Contrast;

namespace Roast.Onnx.Devices;

/// <summary>
/// Sums of captures in float64, and of their norms, on a device, and the vector that is made of them there (DESIGN 2.3 to 2.7). A capture is added in the
/// order of the calls. Used by one thread at a time. Disposed by its user or by the device, whoever is first; then every call throws.
/// </summary>
internal abstract class ContrastMemory : IDisposable
{
    /// <summary>Adds what a row of this device has captured.</summary>
    /// <param name="sum">The sum that it belongs to.</param>
    /// <param name="norms">The norms that it belongs to.</param>
    /// <param name="row">The capture.</param>
    public abstract void Add(int sum, NormKind norms, CapturedRow row);

    /// <summary>Adds values of the host.</summary>
    /// <param name="sum">The sum that they belong to.</param>
    /// <param name="norms">The norms that they belong to.</param>
    /// <param name="activations">[total width].</param>
    public abstract void Add(int sum, NormKind norms, ReadOnlySpan<float> activations);

    /// <summary>The first value that was not finite, of the first capture that had one; <c>null</c>: all are. Waits for the device.</summary>
    public abstract BadCapture? FindBad();

    /// <summary>The weighted mean of the questions' soft-scaled contrasts. Waits for the device.</summary>
    /// <param name="questions">At least one; each with captures on both sides, all of them finite.</param>
    /// <param name="scaling">How each contrast is normalized before it votes.</param>
    public abstract DeviceVotes Vote(IReadOnlyList<SumPair> questions, SoftScaling scaling);

    /// <summary>Moves one sum to the host.</summary>
    /// <param name="sum">Which.</param>
    /// <param name="values">[total width] overwritten.</param>
    public abstract void Read(int sum, Span<double> values);

    /// <summary>[points] the sums of the norms of captures of a kind.</summary>
    public abstract double[] ReadNorms(NormKind kind);

    public abstract void Dispose();
}

/// <summary>Whose mean norm a capture counts for.</summary>
internal enum NormKind
{
    Rollouts,
    StandIns,
}

/// <summary>A value that is not finite.</summary>
/// <param name="Capture">Which capture had it, counted from 0 in the order in which they were added.</param>
/// <param name="Place">Its place in the layout.</param>
/// <param name="Value">NaN or an infinity.</param>
internal readonly record struct BadCapture(int Capture, int Place, float Value);

/// <summary>The two sums of a question, how many captures each has, and what the question's vote weighs.</summary>
internal readonly record struct SumPair(int Correct, int CorrectCount, int Incorrect, int IncorrectCount, double Weight);

/// <summary>What became of the questions.</summary>
/// <param name="Vector">[total width] the weighted mean.</param>
/// <param name="Degenerate">[points] how many contrasts were too small to carry a direction: they voted zeros.</param>
internal readonly record struct DeviceVotes(double[] Vector, int[] Degenerate);
