using Roast;
using Roast.Benchmarks.Gpu;
using Roast.Cuda;

// Measures the kernels on a CUDA device: bandwidth against device-to-device copy, launch overhead, and the way from taps to a vector.
// Runs from its own folder on any machine with a driver: docs/cuda.md says how it is published. Options: --device N, --managed-cuda, --out FILE.
var options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("usage: roast-gpu-bench [--device NUMBER] [--managed-cuda] [--out FILE.md]");
    return 2;
}
var found = CudaDevices.Discover();
try
{
    using var launcher = KernelLaunchers.Open(options.Kind, options.Device);
    var report = new Report(launcher.Name, found.DriverVersion!, found.Devices);
    new Bandwidths(launcher).Measure(report);
    new StepBandwidths(launcher).Measure(report);
    new Overheads(launcher).Measure(report);
    new CapturePath(launcher).Measure(report);
    Console.WriteLine(report);
    if (options.Out is { } path) File.WriteAllText(path, report.ToString());
    return 0;
}
catch (Exception e) when (e is RoastException or PlatformNotSupportedException)
{
    Console.Error.WriteLine($"roast-gpu-bench: nothing was measured. {e.Message}");
    return (int)RoastError.Device;
}
