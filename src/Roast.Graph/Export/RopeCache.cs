using System.Buffers.Binary;

namespace Roast.Graph.Export;

/// <summary>The cosines and sines that GroupQueryAttention rotates with: float32 [positions, rotated width / 2], computed in float64.</summary>
internal static class RopeCache
{
    /// <summary>Most bytes of both tables together: they lie in the graph, which must stay below protobuf's 2 GiB.</summary>
    public const long MaxBytes = 1 << 30;

    /// <summary>Little-endian float32 of cos and sin of position * frequency.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: more than <see cref="MaxBytes"/>.</exception>
    public static (byte[] Cos, byte[] Sin) Compute(int positions, int headSize, Rotation rotation)
    {
        double[] frequencies = rotation.Frequencies(headSize);
        int half = frequencies.Length;
        long bytes = 2L * positions * half * sizeof(float);
        if (bytes > MaxBytes)
            throw new RoastException(RoastError.TooLarge, $"Rotation tables for {positions} positions and heads of {headSize} take {bytes} bytes of the graph; at most {MaxBytes} are written. Lower {nameof(ExportOptions)}.{nameof(ExportOptions.MaxPositions)}.");
        (byte[] cos, byte[] sin) = (new byte[positions * half * sizeof(float)], new byte[positions * half * sizeof(float)]);
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
