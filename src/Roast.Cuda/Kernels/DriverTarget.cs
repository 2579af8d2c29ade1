using System.Text;
using Roast.Cuda.Driver;

namespace Roast.Cuda.Kernels;

/// <summary>A CUDA device through the driver, without any other package. Launching allocates nothing.</summary>
internal sealed unsafe class DriverTarget : ILaunchTarget
{
    const int MostArguments = 16;
    readonly ContextHandle _context;
    readonly StreamHandle _stream;
    readonly PtxModuleHandle[] _modules;
    readonly nint[] _functions = new nint[KernelTable.Count]; // each lives as long as its module does

    public DriverTarget(ICudaDriver driver, int ordinal, string name)
    {
        Name = name;
        _modules = new PtxModuleHandle[KernelTable.Modules.Length];
        _context = ContextHandle.Retain(driver, ordinal);
        try
        {
            _stream = StreamHandle.Create(_context);
            for (int i = 0; i < _modules.Length; i++) _modules[i] = PtxModuleHandle.Load(_context, KernelImages.Load(KernelTable.Modules[i]), $"{KernelTable.Modules[i]}.ptx on {name}");
            foreach (var kernel in Enum.GetValues<Kernel>()) _functions[(int)kernel] = _modules[kernel.Module()].Function(Encoding.UTF8.GetBytes(kernel.Name() + '\0'));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public nint Stream => _stream.DangerousGetHandle();

    public long? FreeBytes => _context.FreeBytes();

    internal ContextHandle Context => _context;

    internal StreamHandle StreamHandle => _stream;

    public DeviceBuffer Allocate(long bytes)
    {
        try
        {
            return new DriverBuffer(MemoryHandle.Allocate(_context, Math.Max(bytes, 1)), bytes);
        }
        catch (CudaException e) when (e.CodeName == "CUDA_ERROR_OUT_OF_MEMORY")
        {
            throw new CudaException(e.Code, e.CodeName, $"{e.Message} {_context.FreeBytes()} bytes are free on {Name}.", e);
        }
    }

    public PinnedMemory AllocatePinned(long bytes) => new DriverPinned(PinnedHandle.Allocate(_context, Math.Max(bytes, 1)), bytes);

    public void Fill(nint to, byte value, long bytes)
    {
        using var current = _context.MakeCurrent();
        Check(_context.Driver.Fill(to, value, (nuint)bytes, Stream), "cuMemsetD8Async", bytes);
    }

    public void Upload(nint to, ReadOnlySpan<byte> from)
    {
        using var current = _context.MakeCurrent();
        fixed (byte* p = from) Check(_context.Driver.CopyToDevice(to, p, (nuint)from.Length, Stream), "cuMemcpyHtoDAsync", from.Length);
    }

    public void Download(nint from, Span<byte> to)
    {
        using var current = _context.MakeCurrent();
        fixed (byte* p = to)
        {
            Check(_context.Driver.CopyToHost(p, from, (nuint)to.Length, Stream), "cuMemcpyDtoHAsync", to.Length);
            _stream.Wait();                                  // while the destination is pinned
        }
    }

    public void Copy(nint to, nint from, long bytes)
    {
        using var current = _context.MakeCurrent();
        Check(_context.Driver.CopyOnDevice(to, from, (nuint)bytes, Stream), "cuMemcpyDtoDAsync", bytes);
    }

    public void Launch(Kernel kernel, LaunchShape shape, ReadOnlySpan<ulong> arguments)
    {
        using var current = _context.MakeCurrent();
        void** slots = stackalloc void*[MostArguments];
        fixed (ulong* values = arguments)
        {
            for (int i = 0; i < arguments.Length; i++) slots[i] = values + i;
            int code = _context.Driver.Launch(_functions[(int)kernel], shape, Stream, slots);
            if (code != 0) throw DriverCheck.Failed(_context.Driver, code, "cuLaunchKernel", $"{kernel.Name()} on {Name}, {shape}");
        }
    }

    public void Wait() => _stream.Wait();

    public void Dispose()
    {
        foreach (var module in _modules) module?.Dispose();
        _stream?.Dispose();
        _context.Dispose();
    }

    void Check(int code, string call, long bytes)
    {
        if (code != 0) throw DriverCheck.Failed(_context.Driver, code, call, $"{bytes} bytes on {Name}");
    }
}
