using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>What <see cref="PointFinder"/> found.</summary>
/// <param name="Points">Four points a layer.</param>
/// <param name="Blocks">In order.</param>
internal sealed record FoundDecoder(PointMap Points, IReadOnlyList<FoundBlock> Blocks);

/// <summary>The nodes of a block that say how large it is.</summary>
/// <param name="Attention">GroupQueryAttention or another attention operator, or the softmax of one that is written out.</param>
/// <param name="OutProjection">The product that makes attn_out.</param>
/// <param name="DownProjection">The product that makes mlp_out.</param>
internal readonly record struct FoundBlock(NodeProto Attention, NodeProto OutProjection, NodeProto DownProjection);
