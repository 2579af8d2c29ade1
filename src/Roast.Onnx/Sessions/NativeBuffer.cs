using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Roast.Onnx.Sessions;

/// <summary>
/// Zeroed memory outside the managed heap, 64-byte aligned, that ONNX Runtime reads and writes in place. Of a large one the operating
/// system gives pages as they are first written: a cache for a whole context costs what the answer fills of it.
/// Views made of it must not be used after it is disposed; the owner of both disposes the views first.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed unsafe class NativeBuffer<T> : SafeHandle where T : unmanaged
{
    const nuint Alignment = 64;                              // a cache line, and the widest vector register

    readonly nint _start;                                    // in the block, aligned

    public NativeBuffer(long length) : base(invalidHandleValue: 0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = checked((nuint)Math.Max(1, length) * (nuint)sizeof(T));
        // Zeroed by whoever allocates: writing the zeros here would touch every page.
        handle = (nint)NativeMemory.AllocZeroed(checked(bytes + Alignment - 1));
        _start = (nint)(((nuint)handle + Alignment - 1) & ~(Alignment - 1));
        GC.AddMemoryPressure((long)bytes);
    }

    /// <summary>Elements.</summary>
    public long Length { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The elements from <paramref name="offset"/> on.</summary>
    public Span<T> Slice(long offset, int count)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (offset < 0 || count < 0 || offset + count > Length) throw new ArgumentOutOfRangeException(nameof(offset), offset, $"[{offset}, {offset + count}) is not inside a buffer of {Length} elements.");
        return new Span<T>((T*)_start + offset, count);
    }

    /// <summary>Where it begins; valid until it is disposed.</summary>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return _start;
        }
    }

    /// <summary>A tensor over all of the memory; no copy.</summary>
    public OrtValue ViewAs(TensorElementType type, long[] shape)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, _start, Length * sizeof(T));
    }

    /// <summary>The memory as a stream to write to: exactly its bytes. Disposed before the memory.</summary>
    public Stream OpenStream()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new UnmanagedMemoryStream((byte*)_start, 0, Length * sizeof(T), FileAccess.Write);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        GC.RemoveMemoryPressure(Math.Max(1, Length) * sizeof(T));
        return true;
    }
}
