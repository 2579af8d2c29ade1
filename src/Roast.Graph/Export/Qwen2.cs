namespace Roast.Graph.Export;

/// <summary>
/// Qwen2 and 2.5: pre-norm blocks, grouped-query attention with biases on query, key and value, SwiGLU.
/// A sliding_window is only meant where use_sliding_window is on. Written from the model's definition (arXiv 2407.10671).
/// </summary>
internal sealed class Qwen2 : IFamily
{
    public string ModelType => "qwen2";

    public ModelShape ReadShape(ConfigReader config)
    {
        DecoderConfig.RequireText(config, "hidden_act", "silu");
        DecoderConfig.RequireOff(config, "use_sliding_window");
        DecoderConfig.RequireFullAttention(config);
        return DecoderConfig.Read(ModelType, config, RotationReader.Read(config));
    }

    public void Build(DecoderBuilder decoder) => decoder.Decoder(BlockLayout.PreNorm with { QueryKeyValueBias = true });
}
