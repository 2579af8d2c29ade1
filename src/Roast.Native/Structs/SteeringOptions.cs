using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_steering_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SteeringOptions
{
    public nuint StructSize;
    public float Strength;
    public int Relative;
    public int Scope;
    public int Recommended;

    public readonly Steering Apply(SteeringVector vector)
    {
        if (Recommended != 0) return vector.Recommended();
        if (!Enum.IsDefined((Scope)Scope)) throw new StatusException(Status.Argument, $"options.scope is {Scope}; expected ROAST_SCOPE_LAST (0), _ALL (1), _PROMPT (2) or _GENERATED (3).");
        return vector.At(Of(Strength, Relative), (Scope)Scope);
    }

    public static Strength Of(float strength, int relative) => Roast.Strength.Of(strength, relative != 0);
}
