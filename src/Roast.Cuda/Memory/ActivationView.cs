namespace Roast.Cuda;

/// <summary>Rows of activations in a buffer: <c>[rows, stride]</c>, of whose columns the first <c>width</c> count. Any width and any start that its type allows.</summary>
public readonly record struct ActivationView
{
    /// <summary>Names rows of activations.</summary>
    /// <param name="buffer">The memory.</param>
    /// <param name="type">The values' type.</param>
    /// <param name="rows">How many rows; a [batch, time, width] tap has batch * time.</param>
    /// <param name="width">Values of a row that count; at least 1.</param>
    /// <param name="stride">Values from one row to the next; <c>null</c>: <paramref name="width"/>.</param>
    /// <param name="start">Values before the first row: a point's columns inside wider rows begin there.</param>
    /// <exception cref="ArgumentException">The rows do not lie inside the buffer, or a size makes no sense.</exception>
    public ActivationView(DeviceBuffer buffer, ElementType type, int rows, int width, long? stride = null, long start = 0)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        if (!Enum.IsDefined(type)) throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type.");
        (Buffer, Type, Rows, Width, Stride, Start) = (buffer, type, rows, width, stride ?? width, start);
        if (Stride < width) throw new ArgumentException($"A stride of {Stride} is below the width, {width}: rows would overlap.", nameof(stride));
        Int128 end = rows == 0 ? 0 : ((Int128)start + (Int128)(rows - 1) * Stride + width) * type.Bytes();
        if (end > buffer.Bytes) throw new ArgumentException($"{rows} rows of {width} values, {Stride} apart from {start}, end at byte {end}; the buffer has {buffer.Bytes}.", nameof(buffer));
    }

    /// <summary>The memory.</summary>
    public DeviceBuffer Buffer { get; }

    /// <summary>The values' type.</summary>
    public ElementType Type { get; }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>Values of a row that count.</summary>
    public int Width { get; }

    /// <summary>Values from one row to the next.</summary>
    public long Stride { get; }

    /// <summary>Values before the first row.</summary>
    public long Start { get; }

    internal nint Address => Buffer.Address + (nint)(Start * Type.Bytes());
}
