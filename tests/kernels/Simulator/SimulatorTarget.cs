using Roast.Cuda;
using Roast.Cuda.Kernels;
using Roast.TestSupport;

namespace Roast.Tests.Kernels.Simulator;

/// <summary>The simulator as a device below the launcher: grids and arguments are those that a card gets.</summary>
/// <param name="instead">Modules other than the checked-in ones, by number.</param>
/// <param name="fewBlocks">Blocks for one or two rows or questions only, so that they stride over the rest: what a card does from 65,536 on.</param>
/// <param name="mostInstructions">Of one thread between two waits.</param>
sealed class SimulatorTarget(PtxModule?[]? instead = null, bool fewBlocks = false, long mostInstructions = 20_000_000) : ILaunchTarget
{
    static readonly Lazy<PtxModule[]> CheckedIn = new(() => [.. KernelTable.Modules.Select(name => PtxModule.Parse(Text(name)))]);
    readonly Machine _machine = new() { MostInstructions = mostInstructions };

    public string Name => "simulator";
    public nint Stream => 0;
    public Traffic Traffic => _machine.Traffic;

    /// <summary>The kernels that were launched.</summary>
    public HashSet<string> Launched { get; } = [];

    public static IReadOnlyList<PtxModule> Modules => CheckedIn.Value;

    public static string Text(string module) => File.ReadAllText(Repository.Path("kernels", "ptx", $"{module}.ptx"));

    public DeviceBuffer Allocate(long bytes)
    {
        ulong start = _machine.Allocate(bytes);
        return new SimulatedBuffer(_machine, start, bytes);
    }

    public PinnedMemory AllocatePinned(long bytes) => new HostPinned(bytes);

    public void Fill(nint to, byte value, long bytes) => _machine.Host((ulong)to, bytes, writes: true).Fill(value);
    public void Upload(nint to, ReadOnlySpan<byte> from) => from.CopyTo(_machine.Host((ulong)to, from.Length, writes: true));
    public void Download(nint from, Span<byte> to) => _machine.Host((ulong)from, to.Length, writes: false).CopyTo(to);
    public void Copy(nint to, nint from, long bytes) => _machine.Host((ulong)from, bytes, writes: false).CopyTo(_machine.Host((ulong)to, bytes, writes: true));

    public void Launch(Kernel kernel, LaunchShape shape, ReadOnlySpan<ulong> arguments)
    {
        Launched.Add(kernel.Name());
        var module = instead?[kernel.Module()] ?? CheckedIn.Value[kernel.Module()];
        if (!module.Kernels.TryGetValue(kernel.Name(), out var code)) throw new PtxException($"no kernel {kernel.Name()}");
        if (fewBlocks) shape = kernel is Kernel.NormsF32 or Kernel.NormsF16 or Kernel.NormsBf16 or Kernel.Contrast or Kernel.BestF32 or Kernel.BestF16 or Kernel.BestBf16 ? shape with { GridX = Math.Min(shape.GridX, 2) } : shape with { GridY = 1 };
        _machine.Launch(code, shape.GridX, shape.GridY, shape.Block, arguments);
    }

    public void Wait() { }
    public void Dispose() { }
}

/// <summary>Memory of the simulator.</summary>
sealed class SimulatedBuffer(Machine machine, ulong start, long bytes) : DeviceBuffer(bytes)
{
    public override nint Address => (nint)start;
    private protected override void Dispose(bool disposing) => machine.Free(start);
}
