namespace Roast.Contrast;

/// <summary>The names of <see cref="SoftScaling"/> in files and on the command line.</summary>
public static class SoftScalings
{
    /// <summary>The scaling's name: <c>max_norm</c>, <c>l2_norm</c>, <c>softmax</c> or <c>none</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the four.</exception>
    public static string Name(this SoftScaling scaling) => scaling switch
    {
        SoftScaling.MaxNorm => "max_norm",
        SoftScaling.L2Norm => "l2_norm",
        SoftScaling.Softmax => "softmax",
        SoftScaling.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(scaling), scaling, "Not a soft scaling."),
    };

    /// <summary>Reads a scaling's name; <c>false</c> where it is none of the four.</summary>
    public static bool TryParse(string? name, out SoftScaling scaling)
    {
        foreach (var candidate in Enum.GetValues<SoftScaling>())
            if (candidate.Name() == name) { scaling = candidate; return true; }
        scaling = default;
        return false;
    }
}
