namespace Roast.Onnx.Devices;

/// <summary>What rows keep of their taps: the values of their last step, or the float64 sum over some of their steps, which a mean is made from.</summary>
internal abstract class TapCaptures : IDisposable
{
    /// <summary>Forgets a row's sum.</summary>
    public abstract void Clear(int row);

    /// <summary>A row's sum goes on as another row's.</summary>
    public abstract void Move(int from, int to);

    /// <summary>Adds the taps of the step that was just run.</summary>
    /// <param name="wanted">[rows] the rows whose taps count; the others' sums stay as they are.</param>
    public abstract void Add(ReadOnlySpan<bool> wanted);

    /// <summary>A row's sum divided by its steps, rounded to float32.</summary>
    /// <param name="row">The row.</param>
    /// <param name="steps">How many steps were added.</param>
    /// <param name="means">[total width] overwritten; tap after tap.</param>
    public abstract void Mean(int row, int steps, Span<float> means);

    /// <summary>A row's taps of the step that was just run.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">[total width] overwritten; tap after tap.</param>
    public abstract void Last(int row, Span<float> values);

    public abstract void Dispose();

    /// <summary>Means as every device computes them.</summary>
    protected static void Divide(ReadOnlySpan<double> sums, int steps, Span<float> means)
    {
        for (int i = 0; i < sums.Length; i++) means[i] = (float)(sums[i] / steps);
    }
}
