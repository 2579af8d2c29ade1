using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Roast.Cuda.Kernels;

/// <summary>
/// ManagedCuda asks for "libcuda" or "nvcuda"; a driver without the toolkit's development files brings libcuda.so.1 only. ManagedCuda
/// sets its assembly's one import resolver itself, so the name is resolved where the loader asks last.
/// </summary>
internal static class ManagedCudaLibrary
{
    static int _added;

    public static void Resolve()
    {
        if (OperatingSystem.IsWindows() || Interlocked.Exchange(ref _added, 1) != 0) return;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name is "libcuda" or "nvcuda" && NativeLibrary.TryLoad("libcuda.so.1", out nint handle) ? handle : 0;
    }
}
