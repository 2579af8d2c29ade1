using Roast.Cuda;
using Roast.Cuda.Driver;

namespace Roast.Tests.Kernels;

/// <summary>A driver that keeps books: what was made, what was released, and with which context current. Fails a call where it is told to.</summary>
sealed unsafe class FakeDriver : ICudaDriver
{
    readonly Dictionary<string, HashSet<nint>> _alive = [];
    readonly Lock _lock = new();
    [ThreadStatic] static int _pushed;
    nint _next = 0x1000;

    public int Made { get; private set; }
    public int Released { get; private set; }
    public List<string> Wrong { get; } = [];
    public Func<string, int> FailWith { get; init; } = _ => 0;
    public int Version { get; init; } = 12040;
    public (int Major, int Minor)[] Devices { get; init; } = [(7, 5)];
    public string JitSays { get; init; } = "";
    public int Launches { get; private set; }

    public int Alive => _alive.Values.Sum(x => x.Count);

    int Make(string kind, out nint made)
    {
        made = 0;
        if (FailWith(kind) is not 0 and int code) return code;
        lock (_lock)
        {
            if (kind != "context" && _pushed == 0) Wrong.Add($"{kind} made without a context");
            made = _next += 0x10000;
            if (!_alive.TryGetValue(kind, out var set)) _alive[kind] = set = [];
            set.Add(made);
            Made++;
        }
        return 0;
    }

    int Release(string kind, nint handle)
    {
        lock (_lock)
        {
            if (kind != "context" && _pushed == 0) Wrong.Add($"{kind} released without a context");
            if (!_alive.TryGetValue(kind, out var set) || !set.Remove(handle)) Wrong.Add($"{kind} {handle:x} released twice, or never made");
            if (kind == "context" && Alive > 0) Wrong.Add($"the context was released before {Alive} things in it");
            Released++;
        }
        return FailWith($"release {kind}");
    }

    int Call(string name) => FailWith(name);

    public int Initialize() => Call("init");
    public int GetDriverVersion(out int version) { version = Version; return 0; }
    public int GetDeviceCount(out int count) { count = Devices.Length; return 0; }
    public int GetDevice(out int device, int ordinal) { device = ordinal; return ordinal < Devices.Length ? 0 : 101; }
    public int GetDeviceName(int device, out string name) { name = $"Fake {device}"; return 0; }
    public int GetDeviceMemory(int device, out long bytes) { bytes = 16L << 30; return 0; }
    public int GetDeviceAttribute(int device, DeviceAttribute attribute, out int value)
    {
        value = attribute switch { DeviceAttribute.CapabilityMajor => Devices[device].Major, DeviceAttribute.CapabilityMinor => Devices[device].Minor, _ => 40 };
        return 0;
    }

    nint _primary;
    public int RetainPrimaryContext(out nint context, int device)
    {
        int code = Make("context", out context);
        _primary = context;
        return code;
    }
    public int ReleasePrimaryContext(int device) => Release("context", _primary);
    public int PushContext(nint context) { _pushed++; return 0; }
    public int PopContext() { _pushed--; return 0; }
    public int GetMemoryInfo(out nuint free, out nuint total) { (free, total) = (12345, 1 << 30); return 0; }

    public int LoadModule(out nint module, byte* ptx, JitLog log)
    {
        System.Text.Encoding.UTF8.GetBytes(JitSays, log.Bytes);
        return Make("module", out module);
    }
    public int UnloadModule(nint module) => Release("module", module);
    public int GetFunction(out nint function, nint module, byte* name) { function = module + 1; return Call("function"); }

    public int Allocate(out nint address, nuint bytes) => Make("memory", out address);
    public int Free(nint address) => Release("memory", address);
    public int AllocatePinned(out nint address, nuint bytes) => Make("pinned memory", out address);
    public int FreePinned(nint address) => Release("pinned memory", address);
    public int CopyToDevice(nint to, void* from, nuint bytes, nint stream) => Call("upload");
    public int CopyToHost(void* to, nint from, nuint bytes, nint stream) => Call("download");
    public int CopyOnDevice(nint to, nint from, nuint bytes, nint stream) => Call("copy");
    public int Fill(nint to, byte value, nuint bytes, nint stream) => Call("fill");

    public int CreateStream(out nint stream) => Make("stream", out stream);
    public int DestroyStream(nint stream) => Release("stream", stream);
    public int WaitForStream(nint stream) => Call("wait");
    public int CreateEvent(out nint handle) => Make("event", out handle);
    public int DestroyEvent(nint handle) => Release("event", handle);
    public int RecordEvent(nint handle, nint stream) => Call("record");
    public int WaitForEvent(nint handle) => Call("wait for event");
    public int StreamWaitsForEvent(nint stream, nint handle) => Call("stream waits");
    public int GetElapsed(out float milliseconds, nint start, nint end) { milliseconds = 1.5f; return 0; }

    public int Launch(nint function, LaunchShape shape, nint stream, void** arguments) { Launches++; return Call("launch"); }

    public string NameOf(int code) => code switch { 2 => "CUDA_ERROR_OUT_OF_MEMORY", 218 => "CUDA_ERROR_INVALID_PTX", 700 => "CUDA_ERROR_ILLEGAL_ADDRESS", _ => $"CUDA_ERROR_{code}" };
    public string WordsOf(int code) => "words of the driver";
}
