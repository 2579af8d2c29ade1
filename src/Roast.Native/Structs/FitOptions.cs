using System.Runtime.InteropServices;
using Roast.Contrast;
using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_fit_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FitOptions
{
    public nuint StructSize;
    public byte* Points;
    public nint Cancel;
    public ulong Seed;
    public delegate* unmanaged[Cdecl]<void*, Progress*, int> OnProgress;
    public void* User;
    public int Method;
    public int Rollouts;
    public int MaxAnswerTokens;
    public int Pool;
    public int Scaling;
    public int QuestionLimit;
    public float Temperature;
    public float TopP;

    /// <summary>Zero stands for each field's default.</summary>
    public readonly RoastOptions ToManaged()
    {
        var options = new RoastOptions
        {
            Method = Known<FitMethod>(Method, "method"),
            Pool = Known<Pool>(Pool, "pool"),
            Scaling = Known<SoftScaling>(Scaling, "scaling"),
            MaxAnswerTokens = MaxAnswerTokens == 0 ? null : MaxAnswerTokens,
            Seed = Seed == 0 ? Defaults.Seed : Seed,
        };
        if (Points != null) options = options with { Points = PointPattern.Parse(Text8.Read(Points, "options.points")) };
        if (Rollouts != 0) options = options with { Rollouts = Rollouts };
        if (Temperature != 0) options = options with { Sampler = options.Sampler with { Temperature = Temperature } };
        if (TopP != 0) options = options with { Sampler = options.Sampler with { TopP = TopP } };
        return options;
    }

    static T Known<T>(int value, string name) where T : struct, Enum => Enum.GetValues<T>() is var all && (uint)value < (uint)all.Length
        ? all[value]
        : throw new StatusException(Status.Argument, $"options.{name} is {value}; expected 0 to {all.Length - 1} (roast.h names them).");
}
