using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_message: fixed for ever.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Message
{
    public byte* Role;
    public byte* Content;
}
