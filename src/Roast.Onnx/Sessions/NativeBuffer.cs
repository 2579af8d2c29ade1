using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Roast.Onnx.Sessions;

/// <summary>
/// Zeroed memory outside the managed heap, 64-byte aligned, that ONNX Runtime reads and writes in place.
/// Views made of it must not be used after it is disposed; the owner of both disposes the views first.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed unsafe class NativeBuffer<T> : SafeHandle where T : unmanaged
{
    const nuint Alignment = 64;                              // a cache line, and the widest vector register

    public NativeBuffer(long length) : base(invalidHandleValue: 0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        nuint bytes = checked((nuint)Math.Max(1, length) * (nuint)sizeof(T));
        handle = (nint)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear((void*)handle, bytes);
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
        return new Span<T>((T*)handle + offset, count);
    }

    /// <summary>Where it begins; valid until it is disposed.</summary>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>A tensor over all of the memory; no copy.</summary>
    public OrtValue ViewAs(TensorElementType type, long[] shape)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, handle, Length * sizeof(T));
    }

    /// <summary>The memory as a stream to write to: exactly its bytes. Disposed before the memory.</summary>
    public Stream OpenStream()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new UnmanagedMemoryStream((byte*)handle, 0, Length * sizeof(T), FileAccess.Write);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        GC.RemoveMemoryPressure(Math.Max(1, Length) * sizeof(T));
        return true;
    }
}
