using System.Runtime.InteropServices;

namespace Roast.Cuda;

/// <summary>Ordinary memory, where no device moves anything.</summary>
internal sealed unsafe class HostPinned : PinnedMemory
{
    const int Alignment = 256;
    nint _memory;

    public HostPinned(long bytes) : base(bytes) => _memory = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment);

    ~HostPinned() => Dispose(false);

    internal override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory == 0, this);
            return _memory;
        }
    }

    private protected override void Dispose(bool disposing) => NativeMemory.AlignedFree((void*)Interlocked.Exchange(ref _memory, 0));
}
