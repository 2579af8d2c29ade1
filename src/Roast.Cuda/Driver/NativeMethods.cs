using System.Runtime.InteropServices;

namespace Roast.Cuda.Driver;

/// <summary>cuda.h, as far as it is used. The names with _v2 are what the header's macros call.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuInit(uint flags);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDriverGetVersion(out int version);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuGetErrorName(int code, out nint text);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuGetErrorString(int code, out nint text);

    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDeviceGetCount(out int count);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDeviceGet(out int device, int ordinal);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDeviceGetName(byte* name, int length, int device);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDeviceTotalMem_v2(out nuint bytes, int device);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDeviceGetAttribute(out int value, DeviceAttribute attribute, int device);

    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDevicePrimaryCtxRetain(out nint context, int device);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuDevicePrimaryCtxRelease_v2(int device);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuCtxPushCurrent_v2(nint context);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuCtxPopCurrent_v2(out nint context);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemGetInfo_v2(out nuint free, out nuint total);

    [LibraryImport(DriverLibrary.Name)] internal static partial int cuModuleLoadDataEx(out nint module, byte* image, uint count, int* options, nint* values);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuModuleUnload(nint module);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuModuleGetFunction(out nint function, nint module, byte* name);

    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemAlloc_v2(out nint address, nuint bytes);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemFree_v2(nint address);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemHostAlloc(out nint address, nuint bytes, uint flags);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemFreeHost(nint address);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemcpyHtoDAsync_v2(nint to, void* from, nuint bytes, nint stream);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemcpyDtoHAsync_v2(void* to, nint from, nuint bytes, nint stream);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemcpyDtoDAsync_v2(nint to, nint from, nuint bytes, nint stream);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuMemsetD8Async(nint to, byte value, nuint bytes, nint stream);

    [LibraryImport(DriverLibrary.Name)] internal static partial int cuStreamCreate(out nint stream, uint flags);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuStreamDestroy_v2(nint stream);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuStreamSynchronize(nint stream);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuStreamWaitEvent(nint stream, nint handle, uint flags);

    [LibraryImport(DriverLibrary.Name)] internal static partial int cuEventCreate(out nint handle, uint flags);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuEventDestroy_v2(nint handle);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuEventRecord(nint handle, nint stream);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuEventSynchronize(nint handle);
    [LibraryImport(DriverLibrary.Name)] internal static partial int cuEventElapsedTime(out float milliseconds, nint start, nint end);

    [LibraryImport(DriverLibrary.Name)]
    internal static partial int cuLaunchKernel(nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** arguments, void** extra);
}
