using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Roast.Formats;

/// <summary>A tensor to write.</summary>
/// <param name="Name">Any text but <c>__metadata__</c>; each once a file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, slowest first; none for a scalar.</param>
/// <param name="Bytes">The elements, little-endian, last dimension fastest.</param>
public sealed record SafetensorsTensor(string Name, SafetensorsType Type, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>An F32 tensor; the values are copied.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">[elements].</param>
    /// <param name="shape">Dimensions; none given: one dimension, the number of values.</param>
    public static SafetensorsTensor Float32(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        new(name, SafetensorsType.F32, shape.IsEmpty ? [values.Length] : [.. shape], MemoryMarshal.AsBytes(values).ToArray());
}
