using System.Buffers.Binary;

namespace Roast.Graph.Export;

/// <summary>The cosines and sines that GroupQueryAttention rotates with: float32 [positions, head size / 2], computed in float64.</summary>
internal static class RopeCache
{
    /// <summary>Little-endian float32 of cos and sin of <c>position * theta^(-2i / headSize)</c>.</summary>
    public static (byte[] Cos, byte[] Sin) Compute(int positions, int headSize, double theta)
    {
        int half = headSize / 2;
        var frequencies = new double[half];
        for (int i = 0; i < half; i++) frequencies[i] = Math.Pow(theta, -2.0 * i / headSize);
        (byte[] cos, byte[] sin) = (new byte[checked(positions * half * sizeof(float))], new byte[positions * half * sizeof(float)]);
        for (int position = 0; position < positions; position++)
            for (int i = 0; i < half; i++)
            {
                (double s, double c) = Math.SinCos(position * frequencies[i]);
                int at = (position * half + i) * sizeof(float);
                BinaryPrimitives.WriteSingleLittleEndian(cos.AsSpan(at), (float)c);
                BinaryPrimitives.WriteSingleLittleEndian(sin.AsSpan(at), (float)s);
            }
        return (cos, sin);
    }
}
