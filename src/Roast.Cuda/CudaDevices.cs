using Roast.Cuda.Driver;

namespace Roast.Cuda;

/// <summary>Finds CUDA devices.</summary>
public static class CudaDevices
{
    /// <summary>The oldest driver that takes the embedded PTX (PTX ISA 7.0): CUDA 11.0.</summary>
    public static Version NeededDriver { get; } = new(11, 0);

    /// <summary>Asks the driver which devices there are. Never throws: where there is no driver, the answer says so.</summary>
    public static CudaDiscovery Discover()
    {
        try
        {
            return Discover(NativeDriver.Load());
        }
        catch (CudaException e)
        {
            return new CudaDiscovery(null, [], e.Message);
        }
    }

    internal static CudaDiscovery Discover(ICudaDriver driver)
    {
        driver.Check(driver.Initialize(), "cuInit");
        driver.Check(driver.GetDriverVersion(out int version), "cuDriverGetVersion");
        driver.Check(driver.GetDeviceCount(out int count), "cuDeviceGetCount");
        var found = new CudaDevice[count];
        for (int i = 0; i < count; i++) found[i] = Describe(driver, i, VersionOf(version));
        return new CudaDiscovery(VersionOf(version), found, count > 0 ? null : "The CUDA driver is there but shows no device: check nvidia-smi and CUDA_VISIBLE_DEVICES.");
    }

    /// <summary>12040 is CUDA 12.4.</summary>
    static Version VersionOf(int number) => new(number / 1000, number % 1000 / 10);

    static CudaDevice Describe(ICudaDriver driver, int ordinal, Version version)
    {
        driver.Check(driver.GetDevice(out int device, ordinal), "cuDeviceGet");
        driver.Check(driver.GetDeviceName(device, out string name), "cuDeviceGetName");
        driver.Check(driver.GetDeviceMemory(device, out long bytes), "cuDeviceTotalMem");
        int Attribute(DeviceAttribute attribute)
        {
            driver.Check(driver.GetDeviceAttribute(device, attribute, out int value), "cuDeviceGetAttribute");
            return value;
        }
        var capability = new ComputeCapability(Attribute(DeviceAttribute.CapabilityMajor), Attribute(DeviceAttribute.CapabilityMinor));
        return new CudaDevice(ordinal, name, capability, bytes, Attribute(DeviceAttribute.Multiprocessors), WhyUnusable(name, capability, version));
    }

    static string? WhyUnusable(string name, ComputeCapability capability, Version version) =>
        version < NeededDriver ? $"the driver serves CUDA {version}, the kernels' PTX needs {NeededDriver}: update the driver."
        : capability < ComputeCapability.Needed ? $"{name} has compute capability {capability}, the kernels need {ComputeCapability.Needed}: use the CPU, or a Turing card or newer."
        : null;
}
