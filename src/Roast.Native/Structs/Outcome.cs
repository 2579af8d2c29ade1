using System.Runtime.InteropServices;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_outcome.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Outcome
{
    public nuint StructSize;
    public int Stop;
    public int PromptTokens;
    public int NewTokens;
    public int Reserved;

    public static Outcome Of(Generation answer) => new() { Stop = (int)answer.Stop, PromptTokens = answer.PromptIds.Count, NewTokens = answer.Ids.Count };
}
