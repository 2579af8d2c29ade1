namespace Roast.Cuda.Kernels;

/// <summary>What pooling and norms are given, checked once for every launcher.</summary>
internal static class PoolCheck
{
    public static void Last(ActivationView x, DeviceView<int> rows, DeviceView<float> pooled) => ViewSizes.AtLeast(pooled.Length, rows.Length * x.Width, nameof(pooled));

    public static void Mean(ActivationView x, DeviceView<int> first, DeviceView<int> end, DeviceView<byte> mask, DeviceView<float> pooled)
    {
        ViewSizes.AtLeast(end.Length, first.Length, nameof(end));
        if (!mask.IsNone) ViewSizes.AtLeast(mask.Length, x.Rows, nameof(mask));
        ViewSizes.AtLeast(pooled.Length, first.Length * x.Width, nameof(pooled));
    }

    public static void Add(ActivationView x, DeviceView<byte> mask, DeviceView<double> sums)
    {
        ViewSizes.AtLeast(mask.Length, x.Rows, nameof(mask));
        ViewSizes.AtLeast(sums.Length, (long)x.Rows * x.Width, nameof(sums));
    }

    public static void Best(ActivationView x, DeviceView<int> tokens) => ViewSizes.AtLeast(tokens.Length, x.Rows, nameof(tokens));

    public static void Norms(ActivationView x, DeviceView<double> norms) => ViewSizes.AtLeast(norms.Length, x.Rows, nameof(norms));
}
