namespace Roast.Graph.Export;

/// <summary>
/// GLM-4-0414: a norm before and behind attention and MLP, half of each head rotated in neighbouring pairs, gate and up
/// projection in one matrix (gate first), biases on query, key and value. Written from the definition in transformers, model glm4.
/// </summary>
internal sealed class Glm4 : IFamily
{
    /// <summary>What the model's configuration class takes where partial_rotary_factor is absent.</summary>
    const double DefaultPart = 0.5;

    public string ModelType => "glm4";

    public ModelShape ReadShape(ConfigReader config)
    {
        DecoderConfig.RequireText(config, "hidden_act", "silu");
        DecoderConfig.RequireFullAttention(config);
        return DecoderConfig.Read(ModelType, config, RotationReader.Read(config, DefaultPart)) with { AttentionBias = config.OptionalFlag("attention_bias") ?? false };
    }

    public void Build(DecoderBuilder decoder) => decoder.Decoder(new BlockLayout
    {
        AttentionPostNorm = "post_self_attn_layernorm", MlpNorm = "post_attention_layernorm", MlpPostNorm = "post_mlp_layernorm",
        QueryKeyValueBias = decoder.Shape.AttentionBias, InterleavedRotation = true, FusedGateUp = true,
    });
}
