namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/best.cu.</summary>
internal static class BestTwin
{
    public static void Best(ActivationView x, Span<int> tokens)
    {
        var row = new float[x.Width];
        for (int r = 0; r < x.Rows; r++)
        {
            Elements.Read(x, r, row);
            float top = System.Numerics.Tensors.TensorPrimitives.Max<float>(row);        // NaN where there is one
            tokens[r] = float.IsFinite(top) ? Array.IndexOf(row, top) : -1;
        }
    }
}
