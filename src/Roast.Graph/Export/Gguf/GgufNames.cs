namespace Roast.Graph.Export;

/// <summary>What a GGUF file calls the tensors that families ask for by Hugging Face's names.</summary>
internal static class GgufNames
{
    public const string Embedding = "token_embd.weight", Head = "output.weight", RopeFactors = "rope_freqs.weight";

    const string LayerPrefix = "model.layers.";

    static readonly Dictionary<string, string> Outside = new()
    {
        ["model.embed_tokens.weight"] = Embedding,
        ["model.norm.weight"] = "output_norm.weight",
        ["lm_head.weight"] = Head,
    };

    static readonly Dictionary<string, string> Inside = new()
    {
        ["input_layernorm"] = "attn_norm",
        ["self_attn.q_proj"] = "attn_q",
        ["self_attn.k_proj"] = "attn_k",
        ["self_attn.v_proj"] = "attn_v",
        ["self_attn.o_proj"] = "attn_output",
        ["self_attn.q_norm"] = "attn_q_norm",
        ["self_attn.k_norm"] = "attn_k_norm",
        ["post_attention_layernorm"] = "ffn_norm",
        ["mlp.gate_proj"] = "ffn_gate",
        ["mlp.up_proj"] = "ffn_up",
        ["mlp.down_proj"] = "ffn_down",
    };

    /// <summary>The name in the file, such as <c>blk.3.attn_q.weight</c> for <c>model.layers.3.self_attn.q_proj.weight</c>; <c>null</c>: such files have no such tensor.</summary>
    public static string? Of(string name)
    {
        if (Outside.TryGetValue(name, out string? outside)) return outside;
        if (!name.StartsWith(LayerPrefix, StringComparison.Ordinal)) return null;
        int begin = name.IndexOf('.', LayerPrefix.Length), end = name.LastIndexOf('.');      // model.layers.3[.]self_attn.q_proj[.]weight
        return begin > 0 && begin < end && Inside.TryGetValue(name[(begin + 1)..end], out string? inside)
            ? $"blk.{name[LayerPrefix.Length..begin]}.{inside}{name[end..]}"
            : null;
    }

    /// <summary>Whether a name, in Hugging Face's spelling, is that of a query or key projection: their rows are what rotation pairs.</summary>
    public static bool IsRotated(string name) =>
        name.Contains(".self_attn.q_proj.", StringComparison.Ordinal) || name.Contains(".self_attn.k_proj.", StringComparison.Ordinal);
}
