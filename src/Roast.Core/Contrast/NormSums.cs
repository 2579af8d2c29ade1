using Roast.Kernels;

namespace Roast.Contrast;

/// <summary>Sums of the Euclidean norms of activations, per point; their mean is r of a relative strength.</summary>
internal sealed class NormSums(ActivationLayout layout)
{
    readonly double[] _sums = new double[layout.Points.Count];

    /// <summary>Sums that were made somewhere else: [points], over so many rows.</summary>
    public NormSums(ActivationLayout layout, ReadOnlySpan<double> sums, long rows) : this(layout)
    {
        sums.CopyTo(_sums);
        Rows = rows;
    }

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<float> activations)
    {
        for (int i = 0; i < _sums.Length; i++) _sums[i] += Math.Sqrt(Sums.SquareOf(activations[layout.Range(i)]));
        Rows++;
    }

    public void Merge(NormSums other)
    {
        System.Numerics.Tensors.TensorPrimitives.Add(_sums, other._sums, _sums);
        Rows += other.Rows;
    }

    /// <summary>Mean norm per point; empty where nothing was added. A mean above float32's range becomes its largest value.</summary>
    public Dictionary<Point, float> Means()
    {
        var means = new Dictionary<Point, float>();
        if (Rows > 0)
            for (int i = 0; i < _sums.Length; i++) means.Add(layout.Points[i], (float)Math.Min(float.MaxValue, _sums[i] / Rows));
        return means;
    }
}
