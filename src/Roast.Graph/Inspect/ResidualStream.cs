using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>A place where a module's output joins the residual.</summary>
/// <param name="Node">The node that adds.</param>
/// <param name="Addend">What it adds.</param>
/// <param name="Sum">The residual behind it.</param>
internal readonly record struct ResidualAdd(NodeProto Node, string Addend, string Sum);

/// <summary>Walks the residual stream: from the embedding, add by add, to the final norm.</summary>
internal static class ResidualStream
{
    /// <summary>Norms that add first; their output 3 is the sum.</summary>
    public static bool IsSkipNorm(NodeProto node) => node.OpType is "SkipSimplifiedLayerNormalization" or "SkipLayerNormalization" && node.Input.Count >= 3;

    /// <summary>The residual in front of the first block: the rows of the embedding, scaled where the family scales; <c>null</c> where no node looks input_ids up.</summary>
    public static string? Start(GraphIndex index)
    {
        foreach (string ids in Spread(index, GraphNames.InputIds))
            if (index.Users(ids).FirstOrDefault(node => node.OpType is "Gather" or "GatherBlockQuantized" && node.Input.At(1) == ids) is { } lookup)
            {
                string residual = lookup.Output[0];
                while (index.Users(residual) is [var only] && (only.OpType == "Cast" || (only.OpType == "Mul" && only.Input.Any(index.IsScalar)))) residual = only.Output[0];
                return residual;
            }
        return null;
    }

    /// <summary>The add that a residual goes into; <c>null</c> behind the last one. Of several the first.</summary>
    public static ResidualAdd? Next(GraphIndex index, string residual)
    {
        var names = Spread(index, residual);
        foreach (string name in names)
            foreach (var node in index.Users(name))
            {
                bool fused = IsSkipNorm(node);
                if (!fused && (node.OpType != "Add" || node.Input.Count != 2)) continue;
                string addend = node.Input[0] == name ? node.Input[1] : node.Input[1] == name ? node.Input[0] : "";
                if (index.IsConstant(addend) || names.Contains(addend)) continue;
                return new ResidualAdd(node, addend, fused ? SumOf(node) : node.Output[0]);
            }
        return null;
    }

    /// <summary>The sum that a norm adds first. The last norm of a builder's graph does not show it: it gets the name that it would have.</summary>
    public static string SumOf(NodeProto norm) => norm.Output.At(3) is { Length: > 0 } named ? named : $"{norm.Output[0]}/residual";

    /// <summary>A value and its casts.</summary>
    public static List<string> Spread(GraphIndex index, string value)
    {
        var names = new List<string> { value };
        for (int i = 0; i < names.Count; i++)
            foreach (var node in index.Users(names[i]))
                if (node.OpType is "Cast" or "Identity" && node.Output.Count > 0 && !names.Contains(node.Output[0])) names.Add(node.Output[0]);
        return names;
    }
}
