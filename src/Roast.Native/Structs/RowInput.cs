using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_row.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RowInput
{
    public nuint StructSize;
    public int* Ids;
    public nuint IdCount;
    public GenerateOptions* Options;
}
