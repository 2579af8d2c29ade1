namespace Roast.Graph.Export;

/// <summary>
/// Gemma 3, text: Gemma 2 with a norm per query and key head, and windowed layers that rotate with a base of their own;
/// a scaling of the rotation holds for the layers without a window. Written from the model's definition (arXiv 2503.19786).
/// </summary>
internal sealed class Gemma3 : IFamily
{
    /// <summary>Every so many layers one sees everything, where neither layer_types nor a pattern says.</summary>
    const int DefaultPattern = 6;

    public string ModelType => "gemma3_text";

    public ModelShape ReadShape(ConfigReader config)
    {
        var (full, local) = RotationReader.ReadPair(config);
        int pattern = config.OptionalInteger("sliding_window_pattern", 1, DecoderConfig.MaxLayers)
            ?? config.OptionalInteger("_sliding_window_pattern", 1, DecoderConfig.MaxLayers) ?? DefaultPattern;
        return Gemma.ReadShape(ModelType, config, full, layer => (layer + 1) % pattern != 0) with { LocalRotation = local };
    }

    public void Build(DecoderBuilder decoder) => decoder.Decoder(Gemma.Layout with { HeadNorms = true });
}
