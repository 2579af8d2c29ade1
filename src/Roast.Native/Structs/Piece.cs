using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_piece.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Piece
{
    public nuint StructSize;
    public int Token;
    public int Row;
    public byte* Text;
    public nuint TextLength;
}
