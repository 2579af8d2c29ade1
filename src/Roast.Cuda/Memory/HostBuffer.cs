using System.Runtime.InteropServices;

namespace Roast.Cuda;

/// <summary>The process's own memory, aligned as a device's is.</summary>
internal sealed unsafe class HostBuffer : DeviceBuffer
{
    const int Alignment = 256;
    nint _memory;

    public HostBuffer(long bytes) : base(bytes)
    {
        _memory = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);
        NativeMemory.Clear((void*)_memory, (nuint)bytes);
    }

    ~HostBuffer() => Dispose(false);

    public override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory == 0, this);
            return _memory;
        }
    }

    private protected override void Dispose(bool disposing) => NativeMemory.AlignedFree((void*)Interlocked.Exchange(ref _memory, 0));
}
