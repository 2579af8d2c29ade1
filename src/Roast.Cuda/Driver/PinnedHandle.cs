namespace Roast.Cuda.Driver;

/// <summary>Page-locked memory of the process.</summary>
internal sealed class PinnedHandle : CudaHandle
{
    PinnedHandle() { }

    public static PinnedHandle Allocate(ContextHandle context, long bytes)
    {
        var memory = new PinnedHandle();
        memory.Make(context, "cuMemHostAlloc", $"{bytes} bytes of page-locked memory", (ICudaDriver driver, out nint made) => driver.AllocatePinned(out made, (nuint)bytes));
        return memory;
    }

    protected override int Release(ICudaDriver driver) => driver.FreePinned(handle);
}
