namespace Roast.Cuda.Driver;

/// <summary>A loaded PTX module.</summary>
internal sealed unsafe class PtxModuleHandle : CudaHandle
{
    PtxModuleHandle() { }

    /// <summary>Loads PTX; the driver compiles it for the device.</summary>
    /// <param name="context">Where.</param>
    /// <param name="ptx">Zero-terminated text.</param>
    /// <param name="name">Of the module, for messages.</param>
    /// <exception cref="CudaException">The driver refused; its compiler's log is in the message.</exception>
    public static PtxModuleHandle Load(ContextHandle context, byte[] ptx, string name)
    {
        var (module, log) = (new PtxModuleHandle(), new JitLog());
        try
        {
            module.Make(context, "cuModuleLoadDataEx", name, (ICudaDriver driver, out nint made) =>
            {
                fixed (byte* text = ptx) return driver.LoadModule(out made, text, log);
            });
            return module;
        }
        catch (CudaException e) when (log.Text.Length > 0)
        {
            throw new CudaException(e.Code, e.CodeName, $"{e.Message} The driver's compiler says: {log.Text}", e);
        }
    }

    /// <summary>The address of a kernel; valid while the module is.</summary>
    /// <param name="name">Zero-terminated, as in PTX.</param>
    public nint Function(ReadOnlySpan<byte> name)
    {
        using var current = Context.MakeCurrent();
        fixed (byte* text = name)
        {
            Driver.Check(Driver.GetFunction(out nint function, handle, text), "cuModuleGetFunction", System.Text.Encoding.UTF8.GetString(name[..^1]));
            return function;
        }
    }

    protected override int Release(ICudaDriver driver) => driver.UnloadModule(handle);
}
