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
        if (config.Texts("layer_types").FirstOrDefault(type => type != "full_attention") is { } other)
            throw config.Unsupported("layer_types", $"'{other}' in some layer", "'full_attention' in every layer");
        return DecoderConfig.Read(ModelType, config);
    }

    public void Build(DecoderBuilder decoder)
    {
        var shape = decoder.Shape;
        string residual = decoder.Embed("model.embed_tokens.weight");
        string normed = decoder.Norm(residual, "model.layers.0.input_layernorm.weight", "/model/layers.0/input_layernorm", shape.HiddenSize);
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            (string weights, string nodes) = ($"model.layers.{layer}.", $"/model/layers.{layer}");

            string attention = decoder.Attention(layer,
                Head(decoder, normed, layer, "q", shape.Heads),
                Head(decoder, normed, layer, "k", shape.KeyValueHeads),
                decoder.Linear(normed, $"{weights}self_attn.v_proj.weight", $"{nodes}/attn/v_proj", shape.KeyValueHeads * shape.HeadSize, shape.HiddenSize));
            string attentionOut = decoder.Linear(attention, $"{weights}self_attn.o_proj.weight", $"{nodes}/attn/o_proj", shape.HiddenSize, shape.Heads * shape.HeadSize);
            decoder.Points.Add(new Point(Site.AttnOut, layer), attentionOut);
            (normed, residual) = decoder.SkipNorm(residual, attentionOut, $"{weights}post_attention_layernorm.weight", $"{nodes}/post_attention_layernorm");

            string gate = decoder.Linear(normed, $"{weights}mlp.gate_proj.weight", $"{nodes}/mlp/gate_proj", shape.IntermediateSize, shape.HiddenSize);
            string up = decoder.Linear(normed, $"{weights}mlp.up_proj.weight", $"{nodes}/mlp/up_proj", shape.IntermediateSize, shape.HiddenSize);
            string activation = decoder.Silu(gate, $"{nodes}/mlp/act_fn");
            decoder.Points.Add(new Point(Site.MlpAct, layer), activation);
            string gated = decoder.Multiply(activation, up, $"{nodes}/mlp/Mul");
            string mlpOut = decoder.Linear(gated, $"{weights}mlp.down_proj.weight", $"{nodes}/mlp/down_proj", shape.HiddenSize, shape.IntermediateSize);
            decoder.Points.Add(new Point(Site.MlpOut, layer), mlpOut);

            // The norm behind the block is the one that adds the MLP to the residual: the next block's first, or the final one.
            bool last = layer == shape.Layers - 1;
            (normed, residual) = decoder.SkipNorm(residual, mlpOut,
                last ? "model.norm.weight" : $"model.layers.{layer + 1}.input_layernorm.weight",
                last ? "/model/norm" : $"/model/layers.{layer + 1}/input_layernorm");
            decoder.Points.Add(new Point(Site.ResidPost, layer), residual);
        }
        decoder.Head(normed, shape.TiedHead ? "model.embed_tokens.weight" : "lm_head.weight");
    }

    static string Head(DecoderBuilder decoder, string normed, int layer, string which, int heads)
    {
        var shape = decoder.Shape;
        (string weights, string nodes) = ($"model.layers.{layer}.self_attn.{which}", $"/model/layers.{layer}/attn/{which}");
        string projected = decoder.Linear(normed, $"{weights}_proj.weight", $"{nodes}_proj", heads * shape.HeadSize, shape.HiddenSize);
        return decoder.HeadNorm(projected, $"{weights}_norm.weight", $"{nodes}_norm", heads);
    }
}
