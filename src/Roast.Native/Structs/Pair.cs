using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_pair: fixed for ever.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Pair
{
    public byte* Prompt;
    public byte* Right;
    public byte* Wrong;
}
