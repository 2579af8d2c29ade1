namespace Roast.Graph.Export;

/// <summary>
/// Gemma 2: scaled embedding, norms that multiply with 1 + w before and behind attention and MLP, GeGLU, capped scores and
/// logits, a window in every other layer. Written from the model's definition (arXiv 2408.00118).
/// </summary>
internal sealed class Gemma2 : IFamily
{
    public string ModelType => "gemma2";

    public ModelShape ReadShape(ConfigReader config) =>
        Gemma.ReadShape(ModelType, config, RotationReader.Read(config), slides: layer => layer % 2 == 0);

    public void Build(DecoderBuilder decoder) => decoder.Decoder(Gemma.Layout);
}
