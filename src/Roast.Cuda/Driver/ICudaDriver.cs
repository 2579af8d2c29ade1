namespace Roast.Cuda.Driver;

/// <summary>
/// The part of the CUDA driver API that is used here, a method an entry point; every method returns the driver's code, 0 for success.
/// The tests count what is made and released through a second implementation.
/// </summary>
internal unsafe interface ICudaDriver
{
    int Initialize();
    int GetDriverVersion(out int version);
    int GetDeviceCount(out int count);
    int GetDevice(out int device, int ordinal);
    int GetDeviceName(int device, out string name);
    int GetDeviceMemory(int device, out long bytes);
    int GetDeviceAttribute(int device, DeviceAttribute attribute, out int value);

    int RetainPrimaryContext(out nint context, int device);
    int ReleasePrimaryContext(int device);
    int PushContext(nint context);
    int PopContext();
    int GetMemoryInfo(out nuint free, out nuint total);

    int LoadModule(out nint module, byte* ptx, JitLog log);
    int UnloadModule(nint module);
    int GetFunction(out nint function, nint module, byte* name);

    int Allocate(out nint address, nuint bytes);
    int Free(nint address);
    int AllocatePinned(out nint address, nuint bytes);
    int FreePinned(nint address);
    int CopyToDevice(nint to, void* from, nuint bytes, nint stream);
    int CopyToHost(void* to, nint from, nuint bytes, nint stream);
    int CopyOnDevice(nint to, nint from, nuint bytes, nint stream);
    int Fill(nint to, byte value, nuint bytes, nint stream);

    int CreateStream(out nint stream);
    int DestroyStream(nint stream);
    int WaitForStream(nint stream);

    int CreateEvent(out nint handle);
    int DestroyEvent(nint handle);
    int RecordEvent(nint handle, nint stream);
    int WaitForEvent(nint handle);
    int StreamWaitsForEvent(nint stream, nint handle);
    int GetElapsed(out float milliseconds, nint start, nint end);

    int Launch(nint function, LaunchShape shape, nint stream, void** arguments);

    string NameOf(int code);
    string WordsOf(int code);
}
