using Roast.Cuda;
using Xunit;

namespace Roast.Tests.Kernels;

public class DiscoveryTests
{
    [Fact]
    public void Discovery_never_throws_and_gives_devices_or_a_reason()
    {
        var found = CudaDevices.Discover();
        Assert.Equal(found.Devices.Count == 0, found.WhyNone is { Length: > 20 });
        if (found.DriverVersion is null) Assert.Contains("No CUDA driver: ", found.WhyNone);
    }

    [Theory]
    [InlineData(12040, 7, 5, null)]
    [InlineData(11000, 9, 0, null)]
    [InlineData(10020, 7, 5, "CUDA 10.2")]
    [InlineData(12040, 7, 0, "compute capability 7.0")]
    public void A_device_is_usable_from_cuda_11_and_compute_capability_7_5_on(int version, int major, int minor, string? why)
    {
        var found = CudaDevices.Discover(new FakeDriver { Version = version, Devices = [(major, minor)] });
        Assert.Equal(why is null, found.FirstUsable is not null);
        if (why is not null) Assert.Contains(why, found.WhyNoneUsable);
        Assert.Equal((new ComputeCapability(major, minor), 40, 16L << 30), (found.Devices[0].Capability, found.Devices[0].Multiprocessors, found.Devices[0].MemoryBytes));
    }

    [Fact]
    public void A_driver_without_devices_says_so() => Assert.Contains("shows no device", CudaDevices.Discover(new FakeDriver { Devices = [] }).WhyNone);

    [Fact]
    public void The_first_usable_device_is_taken_and_a_named_one_must_be_usable()
    {
        var driver = new FakeDriver { Devices = [(6, 1), (8, 6)] };
        using (var launcher = KernelLaunchers.OpenCuda(driver, null)) Assert.Equal("Fake 1", launcher.Name);
        Assert.Contains("compute capability 6.1", Assert.Throws<CudaException>(() => KernelLaunchers.OpenCuda(driver, 0)).Message);
        Assert.Contains("no CUDA device 2: 2 found", Assert.Throws<CudaException>(() => KernelLaunchers.OpenCuda(driver, 2)).Message);
    }

    [Fact]
    public void Falling_back_to_the_cpu_happens_only_when_allowed_and_is_said_aloud()
    {
        if (CudaDevices.Discover().FirstUsable is not null)
        {
            Assert.Skip("There is a usable card here, so nothing falls back.");
            return;
        }
        Assert.Throws<CudaException>(() => KernelLaunchers.Open(LauncherKind.Cuda));
        using var launcher = KernelLaunchers.Open(LauncherKind.Cuda, fallBackToCpu: true);
        Assert.Equal("CPU", launcher.Name);
        Assert.Contains("The kernels run on the CPU: ", launcher.Note);
    }

    [Fact]
    public void ManagedCuda_is_there_in_the_cuda_flavor_only()
    {
        if (!KernelLaunchers.HasManagedCuda) Assert.Throws<PlatformNotSupportedException>(() => KernelLaunchers.Open(LauncherKind.ManagedCuda, fallBackToCpu: true));
        else if (CudaDevices.Discover().FirstUsable is null) Assert.Throws<CudaException>(() => KernelLaunchers.Open(LauncherKind.ManagedCuda));
        else KernelLaunchers.Open(LauncherKind.ManagedCuda).Dispose();
    }
}
