namespace Roast.Graph.Export;

/// <summary>
/// Llama (arXiv 2302.13971, 2407.21783) and Mistral (arXiv 2310.06825): pre-norm blocks, grouped-query attention, SwiGLU.
/// Mistral's sliding_window, where it has one, holds in every layer.
/// </summary>
internal sealed class Llama(string modelType) : IFamily
{
    public string ModelType => modelType;

    public ModelShape ReadShape(ConfigReader config)
    {
        DecoderConfig.RequireText(config, "hidden_act", "silu");
        var shape = DecoderConfig.Read(ModelType, config, RotationReader.Read(config));
        if (modelType == "mistral")
        {
            int window = config.OptionalInteger("sliding_window", 1, DecoderConfig.MaxContext) ?? int.MaxValue;
            return shape with { Windows = DecoderConfig.ReadWindows(config, shape.Layers, slides: _ => window < shape.MaxPositions) };
        }
        DecoderConfig.RequireFullAttention(config);
        return shape with { AttentionBias = config.OptionalFlag("attention_bias") ?? false, MlpBias = config.OptionalFlag("mlp_bias") ?? false };
    }

    public void Build(DecoderBuilder decoder) => decoder.Decoder(BlockLayout.PreNorm with
    {
        QueryKeyValueBias = decoder.Shape.AttentionBias, OutputBias = decoder.Shape.AttentionBias, MlpBias = decoder.Shape.MlpBias,
    });
}
