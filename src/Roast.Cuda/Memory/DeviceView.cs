using System.Runtime.CompilerServices;

namespace Roast.Cuda;

/// <summary>Values inside a buffer. <c>default</c> is no view at all: what an optional argument is where it is left out.</summary>
/// <typeparam name="T">The values' type.</typeparam>
public readonly struct DeviceView<T> where T : unmanaged
{
    internal DeviceView(DeviceBuffer buffer, long start, long length) => (Buffer, Start, Length) = (buffer, start, length);

    /// <summary>The memory; <c>null</c> for no view.</summary>
    public DeviceBuffer? Buffer { get; }

    /// <summary>The first value's place in the buffer, in values.</summary>
    public long Start { get; }

    /// <summary>How many values.</summary>
    public long Length { get; }

    /// <summary>Whether this is no view at all.</summary>
    public bool IsNone => Buffer is null;

    /// <summary>A part of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside.</exception>
    public DeviceView<T> Slice(long start, long length)
    {
        if (start < 0 || length < 0 || start > Length - length)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{length} values from {start} do not lie inside a view of {Length}.");
        return new DeviceView<T>(Buffer!, Start + start, length);
    }

    internal nint Address => Buffer is null ? 0 : Buffer.Address + (nint)(Start * Unsafe.SizeOf<T>());

    /// <summary>The values, where the memory is the process's own.</summary>
    internal unsafe Span<T> Host => IsNone ? [] : new Span<T>((void*)Address, checked((int)Length));
}
