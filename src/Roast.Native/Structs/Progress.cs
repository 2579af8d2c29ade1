using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_progress.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Progress
{
    public nuint StructSize;
    public byte* Stage;
    public int Done;
    public int Total;
    public long Tokens;
}
