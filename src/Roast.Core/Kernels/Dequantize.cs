using System.Runtime.Intrinsics;
using Roast.Formats;

namespace Roast.Kernels;

/// <summary>
/// Blocks of a GGUF file as float32. In every format the products are exact in float32 (at most 24 bits of mantissa), so
/// a value is rounded once, where a minimum is added, or never: vector path and twin give the same bits.
/// </summary>
internal static partial class Dequantize
{
    /// <summary>Dequantizes whole blocks of a type.</summary>
    /// <param name="type">One that <see cref="GgufReader.CanDequantize"/> names.</param>
    /// <param name="blocks">[n * block bytes].</param>
    /// <param name="values">[n * block values] overwritten.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    internal static void Blocks(GgufType type, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        int n = blocks.Length / type.BlockBytes();
        WidthMismatch.ThrowIfDifferent(n * type.BlockBytes(), blocks.Length, nameof(blocks));
        WidthMismatch.ThrowIfDifferent(n * type.BlockValues(), values.Length, nameof(values));
        switch (type)
        {
            case GgufType.F32: System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(blocks).CopyTo(values); break;
            case GgufType.F16: F16(blocks, values); break;
            case GgufType.BF16: BF16(blocks, values); break;
            case GgufType.Q4_0: Q4_0(blocks, values); break;
            case GgufType.Q4_1: Q4_1(blocks, values); break;
            case GgufType.Q8_0: Q8_0(blocks, values); break;
            case GgufType.Q4_K: Q4_K(blocks, values); break;
            case GgufType.Q6_K: Q6_K(blocks, values); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "No dequantizer for this type.");
        }
    }

    /// <summary>The same, one value at a time.</summary>
    internal static void BlocksTwin(GgufType type, ReadOnlySpan<byte> blocks, Span<float> values)
    {
        switch (type)
        {
            case GgufType.F16: F16Twin(blocks, values); break;
            case GgufType.BF16: BF16Twin(blocks, values); break;
            case GgufType.Q4_0: Q4_0Twin(blocks, values); break;
            case GgufType.Q4_1: Q4_1Twin(blocks, values); break;
            case GgufType.Q8_0: Q8_0Twin(blocks, values); break;
            case GgufType.Q4_K: Q4_KTwin(blocks, values); break;
            case GgufType.Q6_K: Q6_KTwin(blocks, values); break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "No twin for this type.");
        }
    }

    static float Half(ReadOnlySpan<byte> at) => (float)System.Buffers.Binary.BinaryPrimitives.ReadHalfLittleEndian(at);

    /// <summary>16 unsigned bytes, each <c>scale * q + offset</c>; q * scale is exact, so fusing would not change a bit.</summary>
    static void Store(Vector128<byte> q, Vector128<float> scale, Vector128<float> offset, Span<float> values)
    {
        var (low, high) = Vector128.Widen(q);
        Store4(Vector128.WidenLower(low), scale, offset, values);
        Store4(Vector128.WidenUpper(low), scale, offset, values[4..]);
        Store4(Vector128.WidenLower(high), scale, offset, values[8..]);
        Store4(Vector128.WidenUpper(high), scale, offset, values[12..]);
    }

    static void Store4(Vector128<uint> q, Vector128<float> scale, Vector128<float> offset, Span<float> values) =>
        (Vector128.ConvertToSingle(q.AsInt32()) * scale + offset).CopyTo(values);

    /// <summary>16 signed bytes, each <c>scale * q</c>.</summary>
    static void Store(Vector128<sbyte> q, Vector128<float> scale, Span<float> values)
    {
        var (low, high) = Vector128.Widen(q);
        (Vector128.ConvertToSingle(Vector128.WidenLower(low)) * scale).CopyTo(values);
        (Vector128.ConvertToSingle(Vector128.WidenUpper(low)) * scale).CopyTo(values[4..]);
        (Vector128.ConvertToSingle(Vector128.WidenLower(high)) * scale).CopyTo(values[8..]);
        (Vector128.ConvertToSingle(Vector128.WidenUpper(high)) * scale).CopyTo(values[12..]);
    }
}
