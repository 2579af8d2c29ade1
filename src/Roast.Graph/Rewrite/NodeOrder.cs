using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>
/// Puts makers in front of users. ONNX asks for that order, ONNX Runtime does not, and some of GenAI's files lack it.
/// A sorted graph stays as it is; nodes of a cycle, or behind a value that nothing makes, go to the end as they were.
/// </summary>
internal static class NodeOrder
{
    public static void Sort(GraphProto graph)
    {
        NodeProto[] nodes = [.. graph.Node];
        var makers = new Dictionary<string, int>();
        for (int i = 0; i < nodes.Length; i++) foreach (string output in nodes[i].Output) if (output.Length > 0) makers.TryAdd(output, i);
        var waits = new int[nodes.Length];
        var users = new List<int>[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
            foreach (string input in nodes[i].Input.Distinct())
                if (makers.TryGetValue(input, out int maker) && maker != i)
                {
                    waits[i]++;
                    (users[maker] ??= []).Add(i);
                }
        // The lowest index first: what is sorted already does not move.
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Length).Where(i => waits[i] == 0).Select(i => (i, i)));
        graph.Node.Clear();
        var placed = new bool[nodes.Length];
        while (ready.TryDequeue(out int i, out _))
        {
            graph.Node.Add(nodes[i]);
            placed[i] = true;
            foreach (int user in users[i] ?? []) if (--waits[user] == 0) ready.Enqueue(user, user);
        }
        for (int i = 0; i < nodes.Length; i++) if (!placed[i]) graph.Node.Add(nodes[i]);
    }
}
