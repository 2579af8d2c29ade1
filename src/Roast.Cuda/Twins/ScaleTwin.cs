namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/scale.cu, with its order of additions.</summary>
internal static class ScaleTwin
{
    public static void Scale(in ScaleCall call)
    {
        var port = call.Port;
        Span<float> vectors = call.Vectors.Host, strengths = call.Strengths.Host;
        Span<int> at = call.At.Host, picks = call.Picks.Host;
        var (sum, row) = (new double[port.Width], new float[port.Width]);
        for (int r = 0; r < port.Rows; r++)
        {
            sum.AsSpan().Clear();
            for (int k = at[r]; k < at[r + 1]; k++)
            {
                var v = vectors.Slice(picks[k] * port.Width, port.Width);
                double s = strengths[k];
                for (int c = 0; c < sum.Length; c++) sum[c] = k == at[r] ? s * v[c] : Math.FusedMultiplyAdd(s, v[c], sum[c]);
            }
            for (int c = 0; c < row.Length; c++) row[c] = (float)sum[c];
            Elements.Write(port, r, row);
        }
    }
}
