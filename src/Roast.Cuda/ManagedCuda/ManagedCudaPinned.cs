using ManagedCuda;

namespace Roast.Cuda;

/// <summary>Page-locked memory, allocated by ManagedCuda.</summary>
internal sealed class ManagedCudaPinned : PinnedMemory
{
    readonly CudaContext _context;
    readonly CudaPageLockedHostMemory<byte> _memory;
    bool _disposed;

    public ManagedCudaPinned(CudaContext context, long reserved, long bytes) : base(bytes)
    {
        _context = context;
        context.PushContext();
        try { _memory = new CudaPageLockedHostMemory<byte>(reserved); }
        finally { context.PopContext(); }
    }

    internal override nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _memory.PinnedHostPointer;
        }
    }

    private protected override void Dispose(bool disposing)
    {
        if (!disposing || _disposed) return;
        _disposed = true;
        _context.PushContext();
        try { _memory.Dispose(); }
        finally { _context.PopContext(); }
    }
}
