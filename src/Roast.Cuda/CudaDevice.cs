namespace Roast.Cuda;

/// <summary>A CUDA device as the driver describes it.</summary>
/// <param name="Ordinal">Its number, from 0; <c>CUDA_VISIBLE_DEVICES</c> changes who is called 0.</param>
/// <param name="Name">The driver's name for it.</param>
/// <param name="Capability">What it can execute.</param>
/// <param name="MemoryBytes">Its whole memory in bytes.</param>
/// <param name="Multiprocessors">How many multiprocessors it has.</param>
/// <param name="WhyUnusable"><c>null</c>: the kernels run here; otherwise why not and what to do.</param>
public sealed record CudaDevice(int Ordinal, string Name, ComputeCapability Capability, long MemoryBytes, int Multiprocessors, string? WhyUnusable);
