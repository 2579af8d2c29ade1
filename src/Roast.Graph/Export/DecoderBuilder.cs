using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>
/// The parts that decoder families are made of, each a few nodes. A part returns the name of its value:
/// <c>{node}/output_0</c>, of the graph's type, shape [batch, sequence, width] unless said otherwise.
/// </summary>
internal sealed partial class DecoderBuilder(ModelShape shape, IWeightSource weights, int type = Tensors.Float)
{
    const string Batch = "batch_size", Sequence = "sequence_length", Past = "past_sequence_length", Total = "total_sequence_length";
    readonly HashSet<string> _initializers = [], _repeated = [];
    readonly Dictionary<string, string> _floats = [];

    public GraphProto Graph { get; } = new() { Name = shape.Family };

    public ModelShape Shape => shape;

    /// <summary>Where the points are; the family adds them while it builds.</summary>
    public PointMap Points { get; } = new();

    /// <summary>input_ids -> rows of the embedding. Declares the token and mask inputs, which come first.</summary>
    string Embed(string weight)
    {
        Graph.Input.Add(Tensors.Value(GraphNames.InputIds, Tensors.Int64, Batch, Sequence));
        Graph.Input.Add(Tensors.Value(GraphNames.AttentionMask, Tensors.Int64, Batch, Total));
        AddLengths();
        // Gathered before it is cast: the table is large and a run needs few of its rows.
        var table = weights.Take(weight, shape.VocabularySize, shape.HiddenSize);
        Add(table);
        return Cast(Node("Gather", "/model/embed_tokens", [weight, GraphNames.InputIds]), table.DataType, "/model/embed_tokens");
    }

    /// <summary>RMS norm over the last axis.</summary>
    string Norm(string x, string weight, string node) => Node("SimplifiedLayerNormalization", node, [x, weight],
        Nodes.Integer("axis", -1), Nodes.Real("epsilon", shape.NormEpsilon), Nodes.Integer("stash_type", 1));

    /// <summary>The residual plus an addend, and the RMS norm of that sum: (normed, sum).</summary>
    (string Normed, string Residual) SkipNorm(string residual, string addend, string weight, string node)
    {
        (string normed, string sum) = ($"{node}/output_0", $"{node}/output_3");
        Graph.Node.Add(Nodes.New("SkipSimplifiedLayerNormalization", node, [residual, addend, weight], [normed, "", "", sum],
            Nodes.Real("epsilon", shape.NormEpsilon)));
        return (normed, sum);
    }

    /// <summary>RMS norm of each head by itself. The CPU's GroupQueryAttention has none inside.</summary>
    string HeadNorm(string x, string weight, string node, int heads)
    {
        string split = Node("Reshape", $"{node}/split", [x, Integers("/model/constants/heads", scalar: false, 0, -1, shape.HeadSize)]);
        string normed = Norm(split, weight, node);
        return Node("Reshape", $"{node}/join", [normed, Integers($"/model/constants/{heads}_heads", scalar: false, 0, -1, heads * shape.HeadSize)]);
    }

    /// <summary>The gate's activation. Silu is QuickGelu with alpha 1: one pass where Sigmoid and Mul take two.</summary>
    string Activate(GateActivation activation, string x, string node) => activation == GateActivation.Silu
        ? Node("QuickGelu", node, [x], Nodes.Real("alpha", 1))
        : Node("Gelu", node, [x], Nodes.Text("approximate", "tanh"));

    string Multiply(string a, string b, string node) => Node("Mul", node, [a, b]);

    (string First, string Second) SplitInTwo(string x, string node)
    {
        Graph.Node.Add(Nodes.New("Split", node, [x], [$"{node}/output_0", $"{node}/output_1"], Nodes.Integer("axis", -1), Nodes.Integer("num_outputs", 2)));
        return ($"{node}/output_0", $"{node}/output_1");
    }

    /// <summary>The logits of every position.</summary>
    void Head(string normed, string weight)
    {
        if (shape.LogitSoftcap is { } cap)
        {
            string raw = Linear(normed, weight, "/lm_head", shape.VocabularySize, shape.HiddenSize), limit = Real("/model/constants/logit_softcap", (float)cap);
            string bent = Node("Tanh", "/lm_head/softcap/Tanh", [Node("Div", "/lm_head/softcap/Div", [raw, limit])]);
            Graph.Node.Add(Nodes.New("Mul", "/lm_head/softcap/Mul", [bent, limit], [GraphNames.Logits]));
        }
        else
        {
            Linear(normed, weight, "/lm_head", shape.VocabularySize, shape.HiddenSize, GraphNames.Logits);
        }
        Graph.Output.Insert(0, Tensors.Value(GraphNames.Logits, type, Batch, Sequence, shape.VocabularySize));
    }

    string Node(string operation, string name, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string output = $"{name}/output_0";
        Graph.Node.Add(Nodes.New(operation, name, inputs, [output], attributes));
        return output;
    }

    /// <summary>A small weight in the graph's type.</summary>
    string Weight(string name, params ReadOnlySpan<long> dimensions)
    {
        if (_floats.TryGetValue(name, out string? value)) return value;
        var tensor = weights.Take(name, dimensions);
        Add(tensor);
        return _floats[name] = Cast(name, tensor.DataType, $"/weights/{name}");
    }

    // Casts of initializers are folded when a session opens.
    string Cast(string value, int from, string node) => from == type ? value : Node("Cast", $"{node}/Cast", [value], Nodes.Integer("to", type));

    void Add(TensorProto initializer)
    {
        if (_initializers.Add(initializer.Name)) Graph.Initializer.Add(initializer);
    }

    string Real(string name, float value)
    {
        if (_initializers.Add(name)) Graph.Initializer.Add(Tensors.Reals(name, type, [], [value]));
        return name;
    }

    string Integers(string name, bool scalar, params ReadOnlySpan<long> values)
    {
        if (_initializers.Add(name)) Graph.Initializer.Add(Tensors.Integers(name, scalar, values));
        return name;
    }
}
