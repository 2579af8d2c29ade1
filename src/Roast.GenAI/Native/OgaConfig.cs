namespace Roast.GenAI.Native;

/// <summary>A folder's genai_config.json, before a model is made of it.</summary>
internal sealed unsafe class OgaConfig : OgaHandle
{
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>: GenAI cannot read the configuration.</exception>
    public OgaConfig(string folder) => Take(Oga.OgaCreateConfig(folder, out nint made), made, $"reading {folder}/genai_config.json");

    /// <summary>Lays JSON over the configuration.</summary>
    public void Overlay(string json) => OgaError.ThrowIfFailed(Oga.OgaConfigOverlay(this, json), "changing the configuration");

    /// <summary>Makes the model; of the folder's graph, or of these bytes in its place.</summary>
    /// <param name="file">The graph's file name, as the configuration has it.</param>
    /// <param name="graph">A serialized ONNX model; <c>null</c>: the file.</param>
    public OgaModel CreateModel(string file, byte[]? graph)
    {
        fixed (byte* bytes = graph)
        {
            if (graph is not null) OgaError.ThrowIfFailed(Oga.OgaConfigAddModelData(this, file, bytes, (nuint)graph.Length), "taking the graph");
            return new OgaModel(this);
        }
    }

    protected override void Free(nint value) => Oga.OgaDestroyConfig(value);
}
