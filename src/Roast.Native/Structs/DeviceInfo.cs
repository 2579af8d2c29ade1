using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_device_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DeviceInfo
{
    public nuint StructSize;
    public int Kind;
    public int Cores;
    public fixed byte Name[64];
}
