using Google.Protobuf.Collections;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>Removes nodes, inputs, initializers and descriptions that no output depends on any more.</summary>
internal static class DeadCode
{
    public static void Remove(GraphProto graph)
    {
        var used = graph.Output.Select(output => output.Name).ToHashSet();
        for (int i = graph.Node.Count - 1; i >= 0; i--)             // users stand behind makers
        {
            var node = graph.Node[i];
            if (!node.Output.Any(used.Contains)) { graph.Node.RemoveAt(i); continue; }
            foreach (string input in node.Input) used.Add(input);
            // A subgraph may use any value around it by name.
            foreach (var inner in node.Attribute.SelectMany(Subgraphs)) AddAll(inner, used);
        }
        Keep(graph.Input, input => used.Contains(input.Name));
        Keep(graph.Initializer, tensor => used.Contains(tensor.Name));
        Keep(graph.ValueInfo, value => used.Contains(value.Name));
    }

    static IEnumerable<GraphProto> Subgraphs(AttributeProto attribute) => attribute.G is { } graph ? [graph, .. attribute.Graphs] : attribute.Graphs;

    static void AddAll(GraphProto graph, HashSet<string> used)
    {
        foreach (var output in graph.Output) used.Add(output.Name);
        foreach (var node in graph.Node)
        {
            foreach (string input in node.Input) used.Add(input);
            foreach (var inner in node.Attribute.SelectMany(Subgraphs)) AddAll(inner, used);
        }
    }

    static void Keep<T>(RepeatedField<T> list, Func<T, bool> keep)
    {
        for (int i = list.Count - 1; i >= 0; i--) if (!keep(list[i])) list.RemoveAt(i);
    }
}
