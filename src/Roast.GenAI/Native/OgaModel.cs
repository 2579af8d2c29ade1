using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>A model: its session and configuration. Generators of one model may run on several threads.</summary>
internal sealed unsafe class OgaModel : OgaHandle
{
    public OgaModel(OgaConfig config) => Take(Oga.OgaCreateModelFromConfig(config, out nint made), made, "opening the model");

    /// <summary>The type that GenAI drives it as.</summary>
    public string Type
    {
        get
        {
            OgaError.ThrowIfFailed(Oga.OgaModelGetType(this, out byte* type), "reading the model's type");
            try { return Marshal.PtrToStringUTF8((nint)type) ?? ""; }
            finally { Oga.OgaDestroyString(type); }
        }
    }

    protected override void Free(nint value) => Oga.OgaDestroyModel(value);
}
