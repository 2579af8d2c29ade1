namespace Roast.Cuda.Twins;

/// <summary>The meaning of kernels/inject.cu.</summary>
internal static class InjectTwin
{
    public static void Inject(in InjectCall call)
    {
        var h = call.Activations;
        Span<float> vectors = call.Vectors.Host, strengths = call.Strengths.Host;
        var picks = call.Picks.Host;
        var scope = call.Scope.Host;
        var row = new float[h.Width];
        for (int r = 0; r < h.Rows; r++)
        {
            float s = strengths[r];
            if (picks[r] < 0 || s == 0 || (!scope.IsEmpty && scope[r] == 0)) continue;
            var v = vectors.Slice(picks[r] * h.Width, h.Width);
            Elements.Read(h, r, row);
            for (int c = 0; c < row.Length; c++)
                row[c] = call.Multiply ? row[c] * MathF.FusedMultiplyAdd(s, v[c], 1) : MathF.FusedMultiplyAdd(s, v[c], row[c]);
            Elements.Write(h, r, row);
        }
    }
}
