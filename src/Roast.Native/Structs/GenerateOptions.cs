using System.Runtime.InteropServices;
using Roast.Onnx;
using Roast.Sampling;

namespace Roast.Native;

/// <summary>roast_generate_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GenerateOptions
{
    public nuint StructSize;
    public nint Steering;
    public nint Cancel;
    public ulong Seed;
    public byte** StopStrings;
    public nuint StopCount;
    public int MaxTokens;
    public int TopK;
    public float Temperature;
    public float TopP;
    public float MinP;
    public float RepetitionPenalty;
    public int IgnoreEnd;
    public int Reserved;

    /// <summary>Zero stands for each field's default. The steering is live: its strength may change while the answer is written.</summary>
    public readonly GenerationOptions ToManaged()
    {
        var sampler = new SamplerOptions { Temperature = Temperature, TopK = TopK == 0 ? null : TopK, MinP = MinP };
        if (TopP != 0) sampler = sampler with { TopP = TopP };
        if (RepetitionPenalty != 0) sampler = sampler with { RepetitionPenalty = RepetitionPenalty };
        var stops = new string[Arrays.Count(StopStrings, StopCount, "options.stop_strings")];
        for (int i = 0; i < stops.Length; i++) stops[i] = Text8.Read(StopStrings[i], "options.stop_strings");
        return new GenerationOptions
        {
            Live = Steering == 0 ? null : Handles.Get<LiveSteering>(Steering),
            MaxTokens = MaxTokens == 0 ? null : MaxTokens,
            Sampler = sampler,
            Seed = Seed == 0 ? Defaults.Seed : Seed,
            IgnoreEnd = IgnoreEnd != 0,
            StopStrings = stops,
        };
    }
}
