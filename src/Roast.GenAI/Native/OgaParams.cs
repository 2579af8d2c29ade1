namespace Roast.GenAI.Native;

/// <summary>How a generator searches. Read when the generator is made.</summary>
internal sealed class OgaParams : OgaHandle
{
    public OgaParams(OgaModel model) => Take(Oga.OgaCreateGeneratorParams(model, out nint made), made, "making search parameters", model);

    public void Set(string name, double value) => OgaError.ThrowIfFailed(Oga.OgaGeneratorParamsSetSearchNumber(this, name, value), $"setting {name}");

    public void Set(string name, bool value) => OgaError.ThrowIfFailed(Oga.OgaGeneratorParamsSetSearchBool(this, name, value), $"setting {name}");

    protected override void Free(nint value) => Oga.OgaDestroyGeneratorParams(value);
}
