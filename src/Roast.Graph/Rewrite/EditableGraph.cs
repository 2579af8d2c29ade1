using Google.Protobuf;
using Roast.Graph.Inspect;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Rewrite;

/// <summary>A copy of a model that edits change, with its points kept up to date. Node order stays topological.</summary>
internal sealed class EditableGraph
{
    readonly ModelProto _model;
    readonly Dictionary<Point, int> _types = [];

    public EditableGraph(ModelProto model, PointMap points, ModelShape shape)
    {
        _model = model.Clone();
        Points = points.Clone();
        Shape = shape;
        var index = new GraphIndex(model.Graph);
        foreach (var point in points.Points) _types.Add(point, index.ElementType(points[point]));
        // The copy has a fixed plan: it no longer claims to be a graph that further plans can be made from.
        for (int i = _model.MetadataProps.Count - 1; i >= 0; i--)
            if (_model.MetadataProps[i].Key.StartsWith(PointMap.KeyPrefix, StringComparison.Ordinal)) _model.MetadataProps.RemoveAt(i);
    }

    public GraphProto Graph => _model.Graph;

    public PointMap Points { get; }

    public ModelShape Shape { get; }

    /// <summary>The model, serialized.</summary>
    /// <param name="withPoints">Write down where the points are now, so that plans can be made from the copy.</param>
    public byte[] ToBytes(bool withPoints = false)
    {
        if (withPoints) Points.Write(_model);
        return _model.ToByteArray();
    }

    /// <summary>The skip norm that adds a point to the residual; <c>null</c> where an Add does, or where a norm of its own follows the module.</summary>
    public NodeProto? NormAdding(Point point) => Structure.FindNorm(Graph, point, Points[point]);

    /// <summary>How many inputs of nodes are a point's value.</summary>
    public int CountUses(Point point) => Graph.Node.Sum(node => node.Input.Count(input => input == Points[point]));

    /// <summary>ONNX's number of a point's element type: that of its tap and port too.</summary>
    public int ElementType(Point point) => _types[point];

    /// <summary>Gives a value another name wherever it is made, used or shown.</summary>
    public void Rename(string from, string to)
    {
        foreach (var node in Graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++) if (node.Input[i] == from) node.Input[i] = to;
            for (int i = 0; i < node.Output.Count; i++) if (node.Output[i] == from) node.Output[i] = to;
        }
        foreach (var value in Graph.ValueInfo) if (value.Name == from) value.Name = to;
    }

    /// <summary>Adds a port behind a point: everything that took the point's value takes the sum, which becomes the point's value.</summary>
    public void AddBehind(Point point)
    {
        string before = Points[point], after = Sum(point);
        foreach (var node in Graph.Node)
            for (int i = 0; i < node.Input.Count; i++)
                if (node.Input[i] == before) node.Input[i] = after;
        int producer = IndexOf(node => node.Output.Contains(before));
        Graph.Node.Insert(producer + 1, AddNode(point, before));
        Points[point] = after;
    }

    /// <summary>Adds a port to what a norm adds to the residual; the addend itself stays as it is for everyone else.</summary>
    public void AddInFront(NodeProto norm, Point point)
    {
        string before = norm.Input[1];
        norm.Input[1] = Sum(point);
        Graph.Node.Insert(IndexOf(node => ReferenceEquals(node, norm)), AddNode(point, before));
    }

    /// <summary>Declares a port: an input that is zero where the caller binds nothing.</summary>
    public void DeclarePort(Point point, ReadOnlySpan<object> shape, ReadOnlySpan<long> defaultShape)
    {
        string name = GraphNames.Port(point);
        Graph.Input.Add(Tensors.Value(name, ElementType(point), shape));
        Graph.Initializer.Add(Tensors.Zeros(name, ElementType(point), defaultShape));
    }

    /// <summary>Position of the first node that passes; there is one.</summary>
    public int IndexOf(Func<NodeProto, bool> test)
    {
        int index = 0;
        while (!test(Graph.Node[index])) index++;
        return index;
    }

    /// <summary>Name of the node that adds a port.</summary>
    public static string NodeName(Point point) => $"/roast/port/{point}";

    /// <summary>Name of the sum that such a node makes.</summary>
    public static string Sum(Point point) => $"{NodeName(point)}/output_0";

    NodeProto AddNode(Point point, string value)
    {
        // Told, because a per-row port's own first dimension (rows or 1) hides that the sum has the activation's shape.
        Graph.ValueInfo.Add(Tensors.Value(Sum(point), ElementType(point), "batch_size", "sequence_length", Shape.Width(point.Site)));
        return Nodes.New("Add", NodeName(point), [value, GraphNames.Port(point)], [Sum(point)]);
    }
}
