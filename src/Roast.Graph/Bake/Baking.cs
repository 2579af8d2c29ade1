using Roast.Graph.Protobuf;
using Roast.Graph.Rewrite;

namespace Roast.Graph.Bake;

/// <summary>Steering as part of the weights: shared ports whose defaults are the vector and that nobody can override.</summary>
internal static class Baking
{
    public static byte[] Apply(ModelProto model, PointMap points, ModelShape shape, Steering steering)
    {
        var graph = new EditableGraph(model, points, shape);
        SharedPorts.Apply(graph, new Plan { Ports = steering.Vector.Points });
        string prefix = FreePrefix(graph.Graph);
        foreach (var point in steering.Vector.Points)
        {
            (string port, string constant) = (GraphNames.Port(point), $"{prefix}.{point}");
            graph.Graph.Input.Remove(graph.Graph.Input.First(input => input.Name == port));
            var tensor = graph.Graph.Initializer.First(tensor => tensor.Name == port);
            tensor.Name = constant;
            var values = new float[shape.Width(point.Site)];
            steering.WriteOffset(point, values);
            tensor.RawData = Numbers.Write(values, tensor.DataType, point);
            graph.Rename(port, constant);
            if (graph.Points[point] == EditableGraph.Sum(point))
            {
                graph.Rename(EditableGraph.Sum(point), $"/{constant}/output_0");
                graph.Points[point] = $"/{constant}/output_0";
            }
            else graph.Rename(EditableGraph.Sum(point), $"/{constant}/output_0");       // in front of a norm: no point of its own
            foreach (var node in graph.Graph.Node) if (node.Name == EditableGraph.NodeName(point)) node.Name = $"/{constant}";
        }
        // A graph that said where its points are still does; in others they are found again.
        return graph.ToBytes(withPoints: PointMap.IsStatedIn(model));
    }

    // A model may be baked twice.
    static string FreePrefix(GraphProto graph)
    {
        string prefix = "steering";
        for (int i = 2; graph.Initializer.Any(tensor => tensor.Name.StartsWith($"{prefix}.", StringComparison.Ordinal)); i++) prefix = $"steering{i}";
        return prefix;
    }
}
