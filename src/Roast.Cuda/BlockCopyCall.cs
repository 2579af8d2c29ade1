namespace Roast.Cuda;

/// <summary>
/// Copies blocks of bytes within one buffer, apart by two strides: block k of group g goes from <see cref="From"/> to <see cref="To"/>, each plus
/// g * <see cref="GroupStride"/> + k * <see cref="Stride"/>; all of them even. The first tokens of a row of a KV cache are a block per head, a group per layer.
/// </summary>
public readonly record struct BlockCopyCall
{
    /// <summary>The buffer.</summary>
    public required DeviceView<byte> Memory { get; init; }

    /// <summary>First byte of the first block.</summary>
    public required long From { get; init; }

    /// <summary>Where it goes. No source overlaps a target.</summary>
    public required long To { get; init; }

    /// <summary>Bytes of a block; below 2^31.</summary>
    public required long Bytes { get; init; }

    /// <summary>Blocks of a group; at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Bytes from one block to the next.</summary>
    public required long Stride { get; init; }

    /// <summary>Groups; at least 1.</summary>
    public required int Groups { get; init; }

    /// <summary>Bytes from one group to the next.</summary>
    public required long GroupStride { get; init; }

    internal int Blocks => checked(Count * Groups);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(From);
        ArgumentOutOfRangeException.ThrowIfNegative(To);
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Groups, 1);
        if (Bytes is < 0 or > int.MaxValue) throw new ArgumentOutOfRangeException(nameof(Bytes), Bytes, "A block has 0 to 2^31 - 1 bytes.");
        if (((From | To | Bytes | Stride | GroupStride | Memory.Address) & 1) != 0) throw new ArgumentException("Places, strides and sizes are even: an element has two bytes or four.", nameof(From));
        if (Stride < Bytes && Count > 1 || GroupStride < 0) throw new ArgumentOutOfRangeException(nameof(Stride), Stride, $"Blocks of {Bytes} bytes that are {Stride} apart would overlap.");
        Int128 end = (Int128)Math.Max(From, To) + (Int128)(Groups - 1) * GroupStride + (Int128)(Count - 1) * Stride + Bytes;
        if (end > Memory.Length) throw new ArgumentException($"The last block ends at byte {end}; the buffer has {Memory.Length}.", nameof(Memory));
    }
}
