namespace Roast.Graph.Export;

/// <summary>How a family's block differs from the others; <see cref="DecoderBuilder.Decoder"/> writes the nodes. Norms are named as in Hugging Face's weights.</summary>
internal sealed record BlockLayout
{
    /// <summary>Norms in front of attention and MLP, none behind them.</summary>
    public static BlockLayout PreNorm { get; } = new() { MlpNorm = "post_attention_layernorm" };

    /// <summary>Behind attention, before the residual takes its output; <c>null</c>: none.</summary>
    public string? AttentionPostNorm { get; init; }
    /// <summary>In front of the MLP.</summary>
    public required string MlpNorm { get; init; }
    /// <summary>Behind the MLP, before the residual takes its output; <c>null</c>: none.</summary>
    public string? MlpPostNorm { get; init; }
    /// <summary>Norms multiply with 1 + w instead of w.</summary>
    public bool NormPlusOne { get; init; }
    /// <summary>Each query and key head is normed by itself before the rotation.</summary>
    public bool HeadNorms { get; init; }
    public bool QueryKeyValueBias { get; init; }
    public bool OutputBias { get; init; }
    public bool MlpBias { get; init; }
    /// <summary>Rotates neighbours (2i, 2i+1) instead of (i, i + half).</summary>
    public bool InterleavedRotation { get; init; }
    /// <summary>Gate and up projection are one matrix, gate first.</summary>
    public bool FusedGateUp { get; init; }
    public GateActivation Activation { get; init; } = GateActivation.Silu;
    /// <summary>The embedding is multiplied with the root of the hidden size, in float32.</summary>
    public bool ScaledEmbedding { get; init; }
}

/// <summary>The activation function of the MLP's gate.</summary>
internal enum GateActivation
{
    /// <summary>x * sigmoid(x).</summary>
    Silu,
    /// <summary>GELU in its tanh approximation.</summary>
    GeluTanh,
}
