namespace Roast.Graph.Export;

internal sealed partial class DecoderBuilder
{
    const string Embedding = "model.embed_tokens.weight";

    /// <summary>A whole decoder of equal blocks, from token ids to logits, with its points.</summary>
    public void Decoder(BlockLayout layout)
    {
        string residual = Embed(Embedding);
        if (layout.ScaledEmbedding) residual = Multiply(residual, Real("/model/constants/embedding_scale", (float)Math.Sqrt(shape.HiddenSize)), "/model/embed_tokens/scale");
        string normed = Norm(residual, NormWeight(layout, "model.layers.0.input_layernorm", shape.HiddenSize), "/model/layers.0/input_layernorm");
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            (string weights, string nodes) = ($"model.layers.{layer}.", $"/model/layers.{layer}");
            string attention = AttentionModule(layout, layer, normed);
            Points.Add(new Point(Site.AttnOut, layer), attention);
            attention = PostNorm(layout, layout.AttentionPostNorm, attention, layer);
            (normed, residual) = SkipNorm(residual, attention, NormWeight(layout, weights + layout.MlpNorm, shape.HiddenSize), $"{nodes}/{layout.MlpNorm}");

            string mlp = Mlp(layout, layer, normed);
            Points.Add(new Point(Site.MlpOut, layer), mlp);
            mlp = PostNorm(layout, layout.MlpPostNorm, mlp, layer);
            // The norm behind the block is the one that adds the MLP to the residual: the next block's first, or the final one.
            (string next, string node) = layer == shape.Layers - 1 ? ("model.norm", "/model/norm") : ($"model.layers.{layer + 1}.input_layernorm", $"/model/layers.{layer + 1}/input_layernorm");
            (normed, residual) = SkipNorm(residual, mlp, NormWeight(layout, next, shape.HiddenSize), node);
            Points.Add(new Point(Site.ResidPost, layer), residual);
        }
        Head(normed, shape.TiedHead ? Embedding : "lm_head.weight");
    }

    string AttentionModule(BlockLayout layout, int layer, string normed)
    {
        (string weights, string nodes) = ($"model.layers.{layer}.self_attn", $"/model/layers.{layer}/attn");
        int queries = shape.Heads * shape.HeadSize, keys = shape.KeyValueHeads * shape.HeadSize;
        string Project(string which, int width) => Linear(normed, $"{weights}.{which}_proj", $"{nodes}/{which}_proj", width, shape.HiddenSize, layout.QueryKeyValueBias);
        string NormHeads(string which, string projected, int heads) => layout.HeadNorms
            ? HeadNorm(projected, NormWeight(layout, $"{weights}.{which}_norm", shape.HeadSize), $"{nodes}/{which}_norm", heads) : projected;

        string query = NormHeads("q", Project("q", queries), shape.Heads), key = NormHeads("k", Project("k", keys), shape.KeyValueHeads), value = Project("v", keys);
        return Linear(Attention(layer, query, key, value, layout.InterleavedRotation), $"{weights}.o_proj", $"{nodes}/o_proj", shape.HiddenSize, queries, layout.OutputBias);
    }

    string Mlp(BlockLayout layout, int layer, string normed)
    {
        (string weights, string nodes) = ($"model.layers.{layer}.mlp", $"/model/layers.{layer}/mlp");
        (string gate, string up) = layout.FusedGateUp
            ? SplitInTwo(Linear(normed, $"{weights}.gate_up_proj", $"{nodes}/gate_up_proj", 2 * shape.IntermediateSize, shape.HiddenSize, layout.MlpBias), $"{nodes}/gate_up_split")
            : (Linear(normed, $"{weights}.gate_proj", $"{nodes}/gate_proj", shape.IntermediateSize, shape.HiddenSize, layout.MlpBias),
               Linear(normed, $"{weights}.up_proj", $"{nodes}/up_proj", shape.IntermediateSize, shape.HiddenSize, layout.MlpBias));
        string activation = Activate(layout.Activation, gate, $"{nodes}/act_fn");
        Points.Add(new Point(Site.MlpAct, layer), activation);
        return Linear(Multiply(activation, up, $"{nodes}/Mul"), $"{weights}.down_proj", $"{nodes}/down_proj", shape.HiddenSize, shape.IntermediateSize, layout.MlpBias);
    }

    string PostNorm(BlockLayout layout, string? norm, string x, int layer) => norm is null ? x
        : Norm(x, NormWeight(layout, $"model.layers.{layer}.{norm}", shape.HiddenSize), $"/model/layers.{layer}/{norm}");

    // 1 + w is folded when a session opens.
    string NormWeight(BlockLayout layout, string name, int width)
    {
        string weight = Weight(name + ".weight", width);
        return layout.NormPlusOne ? Node("Add", $"/weights/{name}/plus_one", [weight, Real("/model/constants/one", 1)]) : weight;
    }
}
