namespace Roast.GenAI.Native;

/// <summary>The adapters of a model, by names of ours. Keeps the model alive: GenAI's own pointer does not.</summary>
internal sealed class OgaAdapters : OgaHandle
{
    public OgaAdapters(OgaModel model) => Take(Oga.OgaCreateAdapters(model, out nint made), made, "making room for adapters", model);

    public void Load(string file, string name) => OgaError.ThrowIfFailed(Oga.OgaLoadAdapter(this, file, name), $"loading {file}");

    protected override void Free(nint value) => Oga.OgaDestroyAdapters(value);
}
