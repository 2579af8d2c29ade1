namespace Roast.Graph;

/// <summary>The sizes and constants of a decoder model, as its config.json, or its graph, gives them. Every value has been checked.</summary>
public sealed record ModelShape
{
    /// <summary>Hugging Face's <c>model_type</c>, for example <c>qwen3</c>.</summary>
    public required string Family { get; init; }
    /// <summary>Number of blocks.</summary>
    public required int Layers { get; init; }
    /// <summary>Width of the residual stream.</summary>
    public required int HiddenSize { get; init; }
    /// <summary>Width of the MLP.</summary>
    public required int IntermediateSize { get; init; }
    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }
    /// <summary>Key and value heads; divides <see cref="Heads"/>.</summary>
    public required int KeyValueHeads { get; init; }
    /// <summary>Width of one head; <c>Heads * HeadSize</c> need not be <see cref="HiddenSize"/>.</summary>
    public required int HeadSize { get; init; }
    /// <summary>Width of the logits; may exceed the tokenizer's vocabulary.</summary>
    public required int VocabularySize { get; init; }
    /// <summary>Longest sequence, in tokens, that the graph can rotate: the model's own limit, or the export's where that is lower.</summary>
    public required int MaxPositions { get; init; }
    /// <summary>Added to the mean square in every RMS norm.</summary>
    public required float NormEpsilon { get; init; }
    /// <summary>How positions rotate queries and keys; of the layers without a window where <see cref="LocalRotation"/> is set.</summary>
    public required Rotation Rotation { get; init; }
    /// <summary>The rotation of the layers that have a window; <c>null</c>: the same for all layers.</summary>
    public Rotation? LocalRotation { get; init; }
    /// <summary>Base of the rotary frequencies; 0 where a graph of another tool comes without a config.json that says it.</summary>
    public double RopeTheta => Rotation.Theta;
    /// <summary>Per layer, how many tokens attention sees, the token itself included; <c>null</c>: all before it. Empty: all, in every layer.</summary>
    public IReadOnlyList<int?> Windows { get; init; } = [];
    /// <summary>Attention scores are divided by the root of this; <c>null</c>: of <see cref="HeadSize"/>.</summary>
    public double? QueryScalar { get; init; }
    /// <summary>Attention scores become cap * tanh(score / cap); <c>null</c>: they stay.</summary>
    public double? AttentionSoftcap { get; init; }
    /// <summary>Logits become cap * tanh(logit / cap); <c>null</c>: they stay.</summary>
    public double? LogitSoftcap { get; init; }
    /// <summary>config.json's <c>attention_bias</c>: which projections then have a bias is the family's own.</summary>
    public bool AttentionBias { get; init; }
    /// <summary>Whether the MLP's three projections have a bias.</summary>
    public bool MlpBias { get; init; }
    /// <summary>Whether the head reads the embedding's weights.</summary>
    public required bool TiedHead { get; init; }
    /// <summary>Tokens that end an answer; empty where the model's files name none.</summary>
    public IReadOnlyList<int> EndTokenIds { get; init; } = [];

    /// <summary>How many tokens a layer's attention sees, the token itself included; <c>null</c>: all before it.</summary>
    public int? Window(int layer) => Windows.Count == 0 ? null : Windows[layer];

    /// <summary>The width of an activation at a site.</summary>
    public int Width(Site site) => site == Site.MlpAct ? IntermediateSize : HiddenSize;
}
