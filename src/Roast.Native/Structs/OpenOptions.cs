using System.Runtime.InteropServices;
using Roast.Cuda;
using Roast.Graph.Export;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_open_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpenOptions
{
    public nuint StructSize;
    public int Threads;
    public int MaxRows;
    public long MaxKvBytes;
    public int Precision;
    public int Reserved;
    public delegate* unmanaged[Cdecl]<void*, int, byte*, void> Log;
    public void* LogUser;
    public byte* Device;
    public int CpuFallback;
    public int Reserved2;

    public readonly RuntimeOptions ToManaged()
    {
        var options = new RuntimeOptions { Threads = Threads == 0 ? null : Threads };
        if (MaxRows != 0) options = options with { MaxRows = MaxRows };
        if (MaxKvBytes != 0) options = options with { MaxKvBytes = MaxKvBytes };
        if (Text8.ReadOptional(Device, "device") is { } device) options = options with { Device = DeviceOf(device, CpuFallback != 0) };
        return Precision switch
        {
            0 => options,
            1 => options with { Precision = Graph.Export.Precision.Int4 },
            2 => options with { Precision = Graph.Export.Precision.Float16 },
            _ => throw new StatusException(Status.Argument, $"precision is {Precision}; expected ROAST_PRECISION_FLOAT32 (0), ROAST_PRECISION_INT4 (1) or ROAST_PRECISION_FLOAT16 (2)."),
        };
    }

    static ModelDevice DeviceOf(string text, bool allowCpuFallback)
    {
        try
        {
            return ModelDevices.Parse(text, allowCpuFallback);
        }
        catch (FormatException e) { throw new StatusException(Status.Argument, $"device: {e.Message}"); }
    }
}
