using Roast.Cuda;

namespace Roast.Tests.Kernels.Cases;

/// <summary>
/// One use of a kernel with its sizes; its text is its repro. Run by the CPU twin against a float64 reference, and by the simulator and a
/// card against the twin, bit for bit.
/// </summary>
abstract record KernelCase
{
    /// <summary>Runs it and gives every output byte; with <paramref name="check"/>, compares with the reference too.</summary>
    public byte[] Run(IKernelLauncher launcher, bool guards, bool check)
    {
        using var stage = new Stage(launcher, guards);
        Run(stage, check);
        return stage.Finish();
    }

    protected abstract void Run(Stage stage, bool check);

    /// <summary>Small enough for the mutation check, which runs it many times.</summary>
    public abstract int Width { get; init; }
}
