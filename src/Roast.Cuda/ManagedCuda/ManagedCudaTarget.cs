using ManagedCuda;
using ManagedCuda.BasicTypes;

namespace Roast.Cuda.Kernels;

/// <summary>
/// A CUDA device through ManagedCuda, whose licence is GPLv3 or commercial (docs/cuda.md). The same primary context, kernels and order of
/// work as <see cref="DriverTarget"/>; launching allocates nothing here either, since the argument slots are pinned once.
/// </summary>
internal sealed class ManagedCudaTarget : ILaunchTarget
{
    const int MostArguments = 16;
    readonly PrimaryContext _context;
    readonly CudaStream _stream;
    readonly List<CUmodule> _modules = [];
    readonly CUfunction[] _functions = new CUfunction[KernelTable.Count];
    readonly ulong[] _slots = GC.AllocateArray<ulong>(MostArguments, pinned: true);
    readonly IntPtr[] _pointers = new IntPtr[MostArguments];

    public unsafe ManagedCudaTarget(int ordinal, string name)
    {
        Name = $"{name} (ManagedCuda)";
        ManagedCudaLibrary.Resolve();
        try
        {
            _context = new PrimaryContext(ordinal);
            _context.SetCurrent();
            _stream = new CudaStream(CUStreamFlags.NonBlocking);
            foreach (string module in KernelTable.Modules) _modules.Add(Load(module));
            foreach (var kernel in Enum.GetValues<Kernel>())
            {
                Check(DriverAPINativeMethods.ModuleManagement.cuModuleGetFunction(ref _functions[(int)kernel], _modules[kernel.Module()], kernel.Name()), "cuModuleGetFunction", kernel.Name());
            }
        }
        catch (ManagedCuda.CudaException e)
        {
            Dispose();
            throw new CudaException((int)e.CudaError, NameOf(e.CudaError), $"ManagedCuda on {name}: {e.Message} 'roast devices' shows what there is.", e);
        }
        catch
        {
            Dispose();
            throw;
        }
        fixed (ulong* first = _slots)
            for (int i = 0; i < MostArguments; i++) _pointers[i] = (nint)(first + i);       // pinned: the address does not change
    }

    public string Name { get; }

    public nint Stream => _stream.Stream.Pointer;

    public DeviceBuffer Allocate(long bytes)
    {
        using var current = Current();
        try
        {
            return new ManagedCudaBuffer(new CudaDeviceVariable<byte>(Math.Max(bytes, 1)), bytes);
        }
        catch (ManagedCuda.CudaException e)
        {
            throw new CudaException((int)e.CudaError, NameOf(e.CudaError), $"ManagedCuda on {Name}: allocating {bytes} bytes failed: {e.Message} Use fewer rows, questions or points at a time.", e);
        }
    }

    public PinnedMemory AllocatePinned(long bytes)
    {
        try
        {
            return new ManagedCudaPinned(_context, Math.Max(bytes, 1), bytes);
        }
        catch (ManagedCuda.CudaException e)
        {
            throw new CudaException((int)e.CudaError, NameOf(e.CudaError), $"ManagedCuda on {Name}: locking {bytes} bytes failed: {e.Message} Use fewer rows at a time.", e);
        }
    }

    public void Fill(nint to, byte value, long bytes)
    {
        using var current = Current();
        Check(DriverAPINativeMethods.MemsetAsync.cuMemsetD8Async(Pointer(to), value, bytes, _stream.Stream), "cuMemsetD8Async", $"{bytes} bytes");
    }

    public unsafe void Upload(nint to, ReadOnlySpan<byte> from)
    {
        using var current = Current();
        fixed (byte* p = from) Check(DriverAPINativeMethods.AsynchronousMemcpy_v2.cuMemcpyHtoDAsync_v2(Pointer(to), (nint)p, from.Length, _stream.Stream), "cuMemcpyHtoDAsync", $"{from.Length} bytes");
    }

    public unsafe void Download(nint from, Span<byte> to)
    {
        using var current = Current();
        fixed (byte* p = to)
        {
            Check(DriverAPINativeMethods.AsynchronousMemcpy_v2.cuMemcpyDtoHAsync_v2((nint)p, Pointer(from), to.Length, _stream.Stream), "cuMemcpyDtoHAsync", $"{to.Length} bytes");
            Wait();
        }
    }

    public void Copy(nint to, nint from, long bytes)
    {
        using var current = Current();
        Check(DriverAPINativeMethods.AsynchronousMemcpy_v2.cuMemcpyDtoDAsync_v2(Pointer(to), Pointer(from), bytes, _stream.Stream), "cuMemcpyDtoDAsync", $"{bytes} bytes");
    }

    public void Launch(Kernel kernel, LaunchShape shape, ReadOnlySpan<ulong> arguments)
    {
        using var current = Current();
        arguments.CopyTo(_slots);
        var code = DriverAPINativeMethods.Launch.cuLaunchKernel(_functions[(int)kernel], (uint)shape.GridX, (uint)shape.GridY, 1, (uint)shape.Block, 1, 1, 0, _stream.Stream, _pointers, null);
        if (code != CUResult.Success) Check(code, "cuLaunchKernel", $"{kernel.Name()}, {shape}");
    }

    public void Wait()
    {
        using var current = Current();
        Check(DriverAPINativeMethods.Streams.cuStreamSynchronize(_stream.Stream), "cuStreamSynchronize", "a kernel or copy queued before may be what failed");
    }

    public void Dispose()
    {
        if (_context is null) return;
        _context.SetCurrent();
        foreach (var module in _modules) _context.UnloadModule(module);
        _modules.Clear();
        _stream?.Dispose();
        _context.Dispose();
    }

    CUmodule Load(string module)
    {
        using var log = new CudaJOErrorLogBuffer(Driver.JitLog.Capacity);
        using var options = new CudaJitOptionCollection();
        options.Add(log);
        try
        {
            return _context.LoadModulePTX(KernelImages.Load(module), options);
        }
        catch (ManagedCuda.CudaException e)
        {
            options.UpdateValues();
            throw new CudaException((int)e.CudaError, NameOf(e.CudaError), $"{module}.ptx on {Name}: {e.Message} The driver's compiler says: {log.Value}", e);
        }
    }

    Pushed Current()
    {
        _context.PushContext();
        return new Pushed(_context);
    }

    void Check(CUResult code, string call, string about)
    {
        if (code != CUResult.Success) throw new CudaException((int)code, NameOf(code), $"{call} ({about} on {Name}) failed: {NameOf(code)}. 'roast devices' shows what there is.");
    }

    /// <summary>The driver's name for a code; ManagedCuda has names of its own.</summary>
    static string NameOf(CUResult code) => Driver.NativeDriver.Load().NameOf((int)code);

    static CUdeviceptr Pointer(nint address) => new(address);

    readonly ref struct Pushed(CudaContext context)
    {
        readonly CudaContext _context = context;

        public void Dispose() => _context.PopContext();
    }
}
