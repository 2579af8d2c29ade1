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
    /// <summary>Base of the rotary frequencies; 0 where a graph of another tool comes without a config.json that says it.</summary>
    public required double RopeTheta { get; init; }
    /// <summary>Whether the head reads the embedding's weights.</summary>
    public required bool TiedHead { get; init; }
    /// <summary>Tokens that end an answer; empty where the model's files name none.</summary>
    public IReadOnlyList<int> EndTokenIds { get; init; } = [];

    /// <summary>The width of an activation at a site.</summary>
    public int Width(Site site) => site == Site.MlpAct ? IntermediateSize : HiddenSize;
}
