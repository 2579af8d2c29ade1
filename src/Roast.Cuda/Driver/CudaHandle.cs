using System.Runtime.InteropServices;

namespace Roast.Cuda.Driver;

/// <summary>Something of the driver's that lives in a context: keeps the context alive, is released once, from any thread.</summary>
internal abstract class CudaHandle() : SafeHandle(invalidHandleValue: 0, ownsHandle: true)
{
    ContextHandle? _context;                                 // set exactly while a reference on it is held

    public override bool IsInvalid => handle == 0;

    /// <summary>The context that this lives in.</summary>
    public ContextHandle Context => _context ?? throw new ObjectDisposedException(GetType().Name);

    protected ICudaDriver Driver => _context!.Driver;

    /// <summary>Makes the resource with the context current; on failure nothing is kept.</summary>
    protected void Make(ContextHandle context, string call, string about, Maker make)
    {
        bool held = false;
        try
        {
            context.DangerousAddRef(ref held);
            using (context.MakeCurrent()) context.Driver.Check(make(context.Driver, out handle), call, about);
            (_context, held) = (context, false);             // from here on ReleaseHandle gives the reference back
        }
        finally
        {
            if (held) context.DangerousRelease();
        }
    }

    /// <summary>Releases the resource; the context is current.</summary>
    protected abstract int Release(ICudaDriver driver);

    protected sealed override bool ReleaseHandle()           // perhaps on the finalizer thread: reports, never throws
    {
        var context = _context!;
        _context = null;
        try
        {
            using (context.MakeCurrent(throws: false)) return Release(context.Driver) == 0;
        }
        finally
        {
            context.DangerousRelease();
        }
    }

    protected delegate int Maker(ICudaDriver driver, out nint made);
}
