namespace Roast.Cuda;

/// <summary>Who launches the kernels.</summary>
public enum LauncherKind
{
    /// <summary>The CPU twins.</summary>
    Cpu,
    /// <summary>A CUDA device, through the driver alone.</summary>
    Cuda,
    /// <summary>A CUDA device, through ManagedCuda; in the cuda flavor only, and under ManagedCuda's licence (docs/cuda.md).</summary>
    ManagedCuda,
}
