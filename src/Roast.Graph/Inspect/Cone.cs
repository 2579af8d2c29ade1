using System.Globalization;
using Roast.Formats;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>What a module's output is computed from, back to the residual: is it attention, and whose keys does it read?</summary>
/// <param name="Attention">The attention operator, or the softmax of one that is written out; <c>null</c>: no attention.</param>
/// <param name="KeyLayers">Layers whose past keys or values are read.</param>
internal sealed record Cone(NodeProto? Attention, IReadOnlySet<int> KeyLayers)
{
    static readonly string[] Operators = ["GroupQueryAttention", "MultiHeadAttention", "DecoderMaskedMultiHeadAttention", "PagedAttention", "Attention", "Softmax"];

    const string PastPrefix = "past_key_values.";

    /// <summary>Walks back from a value; stops at the residuals that are known so far.</summary>
    public static Cone Of(GraphIndex index, string value, IReadOnlySet<string> residuals)
    {
        var (seen, open, layers) = (new HashSet<string>(), new Stack<string>([value]), new SortedSet<int>());
        NodeProto? attention = null;
        while (open.TryPop(out string? next))
        {
            if (!seen.Add(next) || index.IsConstant(next)) continue;
            if (PastLayer(next) is { } layer) layers.Add(layer);
            // A shape tells nothing of the values; masks are made from the shape of layer 0's keys in every layer.
            if (residuals.Contains(next) || index.Maker(next) is not { } maker || maker.OpType == "Shape") continue;
            // A norm that adds first makes the residual and its norm at once.
            if (ResidualStream.IsSkipNorm(maker) && residuals.Contains(ResidualStream.SumOf(maker))) continue;
            int rank = Array.IndexOf(Operators, maker.OpType);
            if (rank >= 0 && (attention is null || rank < Array.IndexOf(Operators, attention.OpType))) attention = maker;
            foreach (string input in maker.Input) open.Push(input);
        }
        return new Cone(attention, layers);
    }

    /// <summary>The layer of a past key or value by its name; <c>null</c> for other names.</summary>
    public static int? PastLayer(string name)
    {
        if (!name.StartsWith(PastPrefix, StringComparison.Ordinal)) return null;
        int dot = name.IndexOf('.', PastPrefix.Length);
        return dot > 0 && name[dot..] is ".key" or ".value" && NumberText.TryParse(name.AsSpan(PastPrefix.Length, dot - PastPrefix.Length), NumberStyles.None, out int layer) ? layer : null;
    }
}
