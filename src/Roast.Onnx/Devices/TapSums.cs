namespace Roast.Onnx.Devices;

/// <summary>Per row, the sum of what its taps showed at some of its steps, in float64: what a mean is made from.</summary>
internal abstract class TapSums : IDisposable
{
    /// <summary>Forgets a row's sum.</summary>
    public abstract void Clear(int row);

    /// <summary>A row goes on as another row.</summary>
    public abstract void Move(int from, int to);

    /// <summary>Adds the taps of the step that was just run.</summary>
    /// <param name="wanted">[rows] the rows whose taps count; others stay as they are.</param>
    public abstract void Add(ReadOnlySpan<bool> wanted);

    /// <summary>A row's sum divided by its steps, rounded to float32.</summary>
    /// <param name="row">The row.</param>
    /// <param name="steps">How many steps were added.</param>
    /// <param name="means">[total width] overwritten; tap after tap.</param>
    public abstract void Mean(int row, int steps, Span<float> means);

    public abstract void Dispose();

    /// <summary>The mean of one value as every device computes it.</summary>
    protected static void Divide(ReadOnlySpan<double> sums, int steps, Span<float> means)
    {
        for (int i = 0; i < sums.Length; i++) means[i] = (float)(sums[i] / steps);
    }
}
