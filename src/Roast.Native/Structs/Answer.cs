using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_answer: pointers into memory that the batch owns.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Answer
{
    public nuint StructSize;
    public int Stop;
    public int PromptTokens;
    public int* Ids;
    public nuint IdCount;
    public byte* Text;
    public nuint TextLength;
}
