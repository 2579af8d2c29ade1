using Roast.Cuda.Driver;
using Roast.Cuda.Kernels;
using Roast.Cuda.Twins;

namespace Roast.Cuda;

/// <summary>Opens launchers.</summary>
public static class KernelLaunchers
{
    /// <summary>Whether this build has the ManagedCuda launcher.</summary>
    public static bool HasManagedCuda =>
#if ROAST_MANAGED_CUDA
        true;
#else
        false;
#endif

    /// <summary>Opens a launcher.</summary>
    /// <param name="kind">Who launches.</param>
    /// <param name="device">The device's number; <c>null</c>: the first usable one. Not looked at for the CPU.</param>
    /// <param name="fallBackToCpu"><c>true</c>: where no device can be used, the CPU twins, and <see cref="IKernelLauncher.Note"/> says why.</param>
    /// <exception cref="CudaException">The device cannot be used, and falling back was not allowed.</exception>
    /// <exception cref="PlatformNotSupportedException">ManagedCuda was asked for in a build without it.</exception>
    public static IKernelLauncher Open(LauncherKind kind, int? device = null, bool fallBackToCpu = false)
    {
        if (device is { } number) ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(device));
        if (kind == LauncherKind.ManagedCuda && !HasManagedCuda) throw new PlatformNotSupportedException("This build has no ManagedCuda: build with -p:RoastFlavor=cuda, or use LauncherKind.Cuda, which needs no package.");
        try
        {
            return kind switch
            {
                LauncherKind.Cpu => new TwinLauncher(),
                LauncherKind.Cuda => OpenCuda(NativeDriver.Load(), device),
                LauncherKind.ManagedCuda => OpenManaged(NativeDriver.Load(), device),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a launcher."),
            };
        }
        catch (CudaException e) when (fallBackToCpu)
        {
            return new TwinLauncher($"The kernels run on the CPU: {e.Message}");
        }
    }

    /// <summary>The device of a number, or the first usable one.</summary>
    /// <exception cref="CudaException">It cannot be used.</exception>
    internal static CudaDevice Find(int? device) => Usable(NativeDriver.Load(), device);

    internal static IKernelLauncher OpenCuda(ICudaDriver driver, int? device)
    {
        var usable = Usable(driver, device);
        return new PtxLauncher(new DriverTarget(driver, usable.Ordinal, usable.Name));
    }

    static IKernelLauncher OpenManaged(ICudaDriver driver, int? device)
    {
#if ROAST_MANAGED_CUDA
        var usable = Usable(driver, device);
        return new PtxLauncher(new ManagedCudaTarget(usable.Ordinal, usable.Name));
#else
        throw new PlatformNotSupportedException($"No ManagedCuda in this build for {driver} {device}.");
#endif
    }

    static CudaDevice Usable(ICudaDriver driver, int? device)
    {
        var found = CudaDevices.Discover(driver);
        if (device is not { } number) return found.FirstUsable ?? throw CudaException.Missing($"No usable CUDA device. {found.WhyNoneUsable}");
        if (number >= found.Devices.Count) throw CudaException.Missing($"There is no CUDA device {number}: {found.Devices.Count} found. {found.WhyNone}".TrimEnd());
        return found.Devices[number].WhyUnusable is { } why ? throw CudaException.Missing($"CUDA device {number} cannot be used: {why}") : found.Devices[number];
    }
}
