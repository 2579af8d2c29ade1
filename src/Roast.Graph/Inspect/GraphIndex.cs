using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>Who makes a value, who takes it, and whether it is a constant. For a sorted graph that does not change meanwhile.</summary>
internal sealed class GraphIndex
{
    /// <summary>Operators that pass their first input on in another form.</summary>
    static readonly HashSet<string> PassOn = ["Cast", "Identity", "Dropout"];

    readonly Dictionary<string, NodeProto> _makers = [];
    readonly Dictionary<string, List<NodeProto>> _users = [];
    readonly Dictionary<string, TensorProto> _initializers = [];
    readonly Dictionary<string, int> _types = [];
    readonly HashSet<string> _constants = [""];              // an input that is left out

    public GraphIndex(GraphProto graph)
    {
        Graph = graph;
        foreach (var tensor in graph.Initializer) _initializers.TryAdd(tensor.Name, tensor);
        foreach (var value in graph.Input.Concat(graph.ValueInfo).Concat(graph.Output))
            if (value.Type?.TensorType is { ElemType: > 0 } type) _types.TryAdd(value.Name, type.ElemType);
        foreach (var tensor in graph.Initializer) _constants.Add(tensor.Name);
        foreach (var node in graph.Node)                     // sorted: what a node takes has been seen
        {
            if (node.OpType == "Constant" || (node.Input.Count > 0 && node.Input.All(_constants.Contains))) _constants.UnionWith(node.Output);
            foreach (string output in node.Output) if (output.Length > 0) _makers.TryAdd(output, node);
            foreach (string input in node.Input.Distinct())
            {
                if (!_users.TryGetValue(input, out var users)) _users.Add(input, users = []);
                users.Add(node);
            }
        }
    }

    public GraphProto Graph { get; }

    /// <summary>The node that makes a value; <c>null</c> for inputs and initializers.</summary>
    public NodeProto? Maker(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The nodes that take a value, in the graph's order.</summary>
    public IReadOnlyList<NodeProto> Users(string value) => _users.TryGetValue(value, out var users) ? users : [];

    /// <summary>Whether a value is the same in every run: an initializer, a constant, or made of such only.</summary>
    public bool IsConstant(string value) => _constants.Contains(value);

    /// <summary>Whether a value is a constant of one element.</summary>
    public bool IsScalar(string value) => IsConstant(value) && Dimensions(value) is { } dimensions && dimensions.Aggregate(1L, (a, b) => a * b) == 1;

    /// <summary>Dimensions of a constant; <c>null</c> where they are not written down.</summary>
    public IReadOnlyList<long>? Dimensions(string value)
    {
        bool turned = false;
        while (!_initializers.ContainsKey(value) && Maker(value) is { OpType: "Transpose" or "Cast" or "Identity", Input.Count: 1 } maker)
        {
            turned ^= maker.OpType == "Transpose";
            value = maker.Input[0];
        }
        var found = _initializers.TryGetValue(value, out var tensor) ? tensor.Dims : Maker(value) is { OpType: "Constant" } constant ? Constant(constant) : null;
        return !turned ? found : found is { Count: 2 } d ? [d[1], d[0]] : null;
    }

    /// <summary>The value behind casts: what another operator made.</summary>
    public string BehindCasts(string value)
    {
        while (Maker(value) is { Input.Count: > 0 } maker && PassOn.Contains(maker.OpType)) value = maker.Input[0];
        return value;
    }

    /// <summary>The only input of a node that is no constant; <c>null</c> where there are several or none.</summary>
    public string? OnlyVariable(NodeProto node)
    {
        string[] variables = [.. node.Input.Where(input => !IsConstant(input)).Distinct()];
        return variables.Length == 1 ? variables[0] : null;
    }

    /// <summary>A value's element type by ONNX's numbers: as the file says, else as it follows from what the value is made of.</summary>
    public int ElementType(string value)
    {
        for (int step = 0; step <= Graph.Node.Count; step++)
        {
            if (_types.TryGetValue(value, out int type)) return type;
            if (_initializers.TryGetValue(value, out var tensor)) return tensor.DataType;
            if (Maker(value) is not { } maker) break;
            if (maker.OpType == "Cast") return (int)(maker.Find("to")?.I ?? Tensors.Float);
            if (maker.OpType == "Constant") return maker.Find("value")?.T?.DataType ?? Tensors.Float;
            // Of these the first input has another type than the output.
            int carrier = maker.OpType switch { "Where" or "DequantizeLinear" => 1, "GatherBlockQuantized" => 2, _ => 0 };
            value = maker.Input.At(carrier);
        }
        return Tensors.Float;
    }

    static IReadOnlyList<long>? Constant(NodeProto node) =>
        node.Find("value")?.T is { } tensor ? tensor.Dims
        : node.Find("value_float") is not null || node.Find("value_int") is not null ? [] : null;
}
