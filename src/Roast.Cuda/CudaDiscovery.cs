namespace Roast.Cuda;

/// <summary>Which CUDA devices there are, or why there are none.</summary>
/// <param name="DriverVersion">The newest CUDA that the driver serves, such as 12.4; <c>null</c> without a driver.</param>
/// <param name="Devices">Every device, usable or not.</param>
/// <param name="WhyNone">Why <paramref name="Devices"/> is empty, and what to do; <c>null</c> where it is not.</param>
public sealed record CudaDiscovery(Version? DriverVersion, IReadOnlyList<CudaDevice> Devices, string? WhyNone)
{
    /// <summary>The first device that the kernels run on; <c>null</c> where there is none.</summary>
    public CudaDevice? FirstUsable => Devices.FirstOrDefault(device => device.WhyUnusable is null);

    /// <summary>Why no device is usable; <c>null</c> where one is.</summary>
    public string? WhyNoneUsable => FirstUsable is not null ? null : WhyNone ?? string.Join(" ", Devices.Select(device => $"Device {device.Ordinal}: {device.WhyUnusable}"));
}
