namespace Roast.Cuda.Driver;

/// <summary>Memory on a device.</summary>
internal sealed class MemoryHandle : CudaHandle
{
    MemoryHandle() { }

    /// <summary>Allocates; aligned to 256 bytes.</summary>
    public static MemoryHandle Allocate(ContextHandle context, long bytes)
    {
        var memory = new MemoryHandle();
        memory.Make(context, "cuMemAlloc", $"{bytes} bytes", (ICudaDriver driver, out nint made) => driver.Allocate(out made, (nuint)bytes));
        return memory;
    }

    protected override int Release(ICudaDriver driver) => driver.Free(handle);
}
