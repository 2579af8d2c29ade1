namespace Roast.Graph.Export;

/// <summary>What the Gemma families share.</summary>
internal static class Gemma
{
    public static ModelShape ReadShape(string modelType, ConfigReader config, Rotation rotation, Func<int, bool> slides)
    {
        DecoderConfig.RequireText(config, "hidden_activation", "gelu_pytorch_tanh");
        DecoderConfig.RequireOff(config, "attention_bias");
        DecoderConfig.RequireOff(config, "use_bidirectional_attention");
        var shape = DecoderConfig.Read(modelType, config, rotation, tied: true);
        return shape with
        {
            Windows = DecoderConfig.ReadWindows(config, shape.Layers, slides),
            QueryScalar = config.OptionalReal("query_pre_attn_scalar", 0, 1e9) ?? throw config.Missing("query_pre_attn_scalar"),
            AttentionSoftcap = config.OptionalReal("attn_logit_softcapping", 0, 1e9),
            LogitSoftcap = config.OptionalReal("final_logit_softcapping", 0, 1e9),
        };
    }

    public static BlockLayout Layout { get; } = new()
    {
        AttentionPostNorm = "post_attention_layernorm", MlpNorm = "pre_feedforward_layernorm", MlpPostNorm = "post_feedforward_layernorm",
        NormPlusOne = true, ScaledEmbedding = true, Activation = GateActivation.GeluTanh,
    };
}
