namespace Roast.Graph.Export;

/// <summary>
/// Qwen3: pre-norm blocks, grouped-query attention with an RMS norm per query and key head before the rotation,
/// SwiGLU, no biases. Written from the model's definition (arXiv 2505.09388).
/// </summary>
internal sealed class Qwen3 : IFamily
{
    public string ModelType => "qwen3";

    public ModelShape ReadShape(ConfigReader config)
    {
        DecoderConfig.RequireText(config, "hidden_act", "silu");
        DecoderConfig.RequireOff(config, "attention_bias");
        DecoderConfig.RequireOff(config, "use_sliding_window");
        DecoderConfig.RequireFullAttention(config);
        return DecoderConfig.Read(ModelType, config, RotationReader.Read(config));
    }

    public void Build(DecoderBuilder decoder) => decoder.Decoder(BlockLayout.PreNorm with { HeadNorms = true });
}
