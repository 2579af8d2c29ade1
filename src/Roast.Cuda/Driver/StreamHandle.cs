namespace Roast.Cuda.Driver;

/// <summary>An ordered queue of work on a device.</summary>
internal sealed class StreamHandle : CudaHandle
{
    StreamHandle() { }

    public static StreamHandle Create(ContextHandle context)
    {
        var stream = new StreamHandle();
        stream.Make(context, "cuStreamCreate", "", (ICudaDriver driver, out nint made) => driver.CreateStream(out made));
        return stream;
    }

    /// <summary>Waits until everything queued is done; failures of kernels show here.</summary>
    public void Wait()
    {
        using var current = Context.MakeCurrent();
        Driver.Check(Driver.WaitForStream(handle), "cuStreamSynchronize", "a kernel or copy queued before may be what failed");
    }

    protected override int Release(ICudaDriver driver) => driver.DestroyStream(handle);
}
