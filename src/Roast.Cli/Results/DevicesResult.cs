using System.Runtime.InteropServices;
using Roast.Cuda;
using Roast.Onnx;

namespace Roast.Cli.Results;

internal sealed record ProcessorResult(string Architecture, int Cores, int VectorBits);

internal sealed record CudaDeviceResult(int Device, string Name, string ComputeCapability, long MemoryBytes, int Multiprocessors, bool Usable, string? WhyNot);

internal sealed record CudaResult(string? DriverVersion, string NeededDriver, string NeededComputeCapability, CudaDeviceResult[] Devices, string? WhyNone, string[] Launchers);

internal sealed record DevicesResult(ProcessorResult Cpu, string OnnxRuntime, IReadOnlyList<string> ExecutionProviders, CudaResult Cuda)
{
    public static DevicesResult Of(CudaDiscovery found) => new(
        new(RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), Environment.ProcessorCount, System.Numerics.Vector<byte>.Count * 8),
        Onnx.ExecutionProviders.RuntimeVersion, Onnx.ExecutionProviders.Available,
        new(found.DriverVersion?.ToString(), CudaDevices.NeededDriver.ToString(), ComputeCapability.Needed.ToString(),
            [.. found.Devices.Select(x => new CudaDeviceResult(x.Ordinal, x.Name, x.Capability.ToString(), x.MemoryBytes, x.Multiprocessors, x.WhyUnusable is null, x.WhyUnusable))],
            found.WhyNone, KernelLaunchers.HasManagedCuda ? ["cuda", "managed_cuda"] : ["cuda"]));
}
