using System.Runtime.InteropServices;
using System.Text;
using static Roast.Cuda.Driver.NativeMethods;

namespace Roast.Cuda.Driver;

/// <summary>NVIDIA's driver.</summary>
internal sealed unsafe class NativeDriver : ICudaDriver
{
    const uint NonBlocking = 1;                              // CU_STREAM_NON_BLOCKING: does not wait for the default stream
    const int LongestName = 256;

    NativeDriver() { }

    /// <summary>The driver, if its library can be loaded.</summary>
    /// <exception cref="CudaException">There is none.</exception>
    public static NativeDriver Load()
    {
        DriverLibrary.Require();
        return new NativeDriver();
    }

    public int Initialize() => cuInit(0);
    public int GetDriverVersion(out int version) => cuDriverGetVersion(out version);
    public int GetDeviceCount(out int count) => cuDeviceGetCount(out count);
    public int GetDevice(out int device, int ordinal) => cuDeviceGet(out device, ordinal);

    public int GetDeviceName(int device, out string name)
    {
        Span<byte> text = stackalloc byte[LongestName];
        text.Clear();
        int code;
        fixed (byte* p = text) code = cuDeviceGetName(p, LongestName - 1, device);
        name = Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
        return code;
    }

    public int GetDeviceMemory(int device, out long bytes)
    {
        int code = cuDeviceTotalMem_v2(out nuint total, device);
        bytes = (long)total;
        return code;
    }

    public int GetDeviceAttribute(int device, DeviceAttribute attribute, out int value) => cuDeviceGetAttribute(out value, attribute, device);

    public int RetainPrimaryContext(out nint context, int device) => cuDevicePrimaryCtxRetain(out context, device);
    public int ReleasePrimaryContext(int device) => cuDevicePrimaryCtxRelease_v2(device);
    public int PushContext(nint context) => cuCtxPushCurrent_v2(context);
    public int PopContext() => cuCtxPopCurrent_v2(out _);
    public int GetMemoryInfo(out nuint free, out nuint total) => cuMemGetInfo_v2(out free, out total);

    public int LoadModule(out nint module, byte* ptx, JitLog log)
    {
        const int ErrorLogBuffer = 5, ErrorLogBytes = 6;     // CU_JIT_ERROR_LOG_BUFFER and its size, which is passed as the pointer's value
        int* options = stackalloc int[] { ErrorLogBuffer, ErrorLogBytes };
        nint* values = stackalloc nint[] { Marshal.UnsafeAddrOfPinnedArrayElement(log.Bytes, 0), JitLog.Capacity - 1 };
        return cuModuleLoadDataEx(out module, ptx, 2, options, values);
    }

    public int UnloadModule(nint module) => cuModuleUnload(module);
    public int GetFunction(out nint function, nint module, byte* name) => cuModuleGetFunction(out function, module, name);

    public int Allocate(out nint address, nuint bytes) => cuMemAlloc_v2(out address, bytes);
    public int Free(nint address) => cuMemFree_v2(address);
    public int AllocatePinned(out nint address, nuint bytes) => cuMemHostAlloc(out address, bytes, 0);
    public int FreePinned(nint address) => cuMemFreeHost(address);
    public int CopyToDevice(nint to, void* from, nuint bytes, nint stream) => cuMemcpyHtoDAsync_v2(to, from, bytes, stream);
    public int CopyToHost(void* to, nint from, nuint bytes, nint stream) => cuMemcpyDtoHAsync_v2(to, from, bytes, stream);
    public int CopyOnDevice(nint to, nint from, nuint bytes, nint stream) => cuMemcpyDtoDAsync_v2(to, from, bytes, stream);
    public int Fill(nint to, byte value, nuint bytes, nint stream) => cuMemsetD8Async(to, value, bytes, stream);

    public int CreateStream(out nint stream) => cuStreamCreate(out stream, NonBlocking);
    public int DestroyStream(nint stream) => cuStreamDestroy_v2(stream);
    public int WaitForStream(nint stream) => cuStreamSynchronize(stream);

    public int CreateEvent(out nint handle) => cuEventCreate(out handle, 0);
    public int DestroyEvent(nint handle) => cuEventDestroy_v2(handle);
    public int RecordEvent(nint handle, nint stream) => cuEventRecord(handle, stream);
    public int WaitForEvent(nint handle) => cuEventSynchronize(handle);
    public int StreamWaitsForEvent(nint stream, nint handle) => cuStreamWaitEvent(stream, handle, 0);
    public int GetElapsed(out float milliseconds, nint start, nint end) => cuEventElapsedTime(out milliseconds, start, end);

    public int Launch(nint function, LaunchShape shape, nint stream, void** arguments) =>
        cuLaunchKernel(function, (uint)shape.GridX, (uint)shape.GridY, 1, (uint)shape.Block, 1, 1, 0, stream, arguments, null);

    public string NameOf(int code) => cuGetErrorName(code, out nint text) == 0 && text != 0 ? Marshal.PtrToStringUTF8(text)! : $"CUDA error {code}";
    public string WordsOf(int code) => cuGetErrorString(code, out nint text) == 0 && text != 0 ? Marshal.PtrToStringUTF8(text)! : "a code that this driver does not know";
}
