using System.Runtime.InteropServices;

namespace Roast.Native;

/// <summary>roast_vector_info.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VectorInfo
{
    public nuint StructSize;
    public int Points;
    public int HasStrength;
    public float Strength;
    public int Relative;
    public int Scope;
    public int HasNorms;
    public fixed byte Method[32];

    public static VectorInfo Of(SteeringVector vector)
    {
        var story = vector.Provenance;
        var recommended = vector.Recommended();
        var info = new VectorInfo
        {
            Points = vector.Points.Count,
            HasStrength = story.RecommendedStrength is null ? 0 : 1,
            Strength = recommended.Strength.Value,
            Relative = recommended.Strength.IsRelative ? 1 : 0,
            Scope = (int)recommended.Scope,
            HasNorms = story.MeanNorms.Count > 0 ? 1 : 0,
        };
        FixedText.Write(story.Method ?? "", new Span<byte>(info.Method, 32));
        return info;
    }
}
