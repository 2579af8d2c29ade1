using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_model_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ModelInfo
{
    public nuint StructSize;
    public int Layers, HiddenSize, IntermediateSize, Heads, KeyValueHeads, HeadSize, VocabularySize, MaxPositions, HasTokenizer, HasChatTemplate, Threads, Reserved;
    public fixed byte Family[32];
}
