using Google.Protobuf.Collections;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>Removes nodes, inputs, initializers and descriptions that no output depends on any more. Nodes must be sorted and without subgraphs.</summary>
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
        }
        Keep(graph.Input, input => used.Contains(input.Name));
        Keep(graph.Initializer, tensor => used.Contains(tensor.Name));
        Keep(graph.ValueInfo, value => used.Contains(value.Name));
    }

    static void Keep<T>(RepeatedField<T> list, Func<T, bool> keep)
    {
        for (int i = list.Count - 1; i >= 0; i--) if (!keep(list[i])) list.RemoveAt(i);
    }
}
