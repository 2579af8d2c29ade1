using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_point_values: a pointer into memory that the activations own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PointValues
{
    public nuint StructSize;
    public float* Values;
    public nuint Positions;
    public nuint Width;
    public fixed byte Point[32];
}
