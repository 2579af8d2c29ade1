using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>
/// The parts that decoder families are made of, each a few nodes. A part returns the name of its value:
/// <c>{node}/output_0</c>, float32, shape [batch, sequence, width] unless said otherwise.
/// </summary>
internal sealed partial class DecoderBuilder(ModelShape shape, IWeightSource weights)
{
    const string Batch = "batch_size", Sequence = "sequence_length", Past = "past_sequence_length", Total = "total_sequence_length";
    readonly HashSet<string> _initializers = [];
    readonly Dictionary<string, string> _floats = [];

    public GraphProto Graph { get; } = new() { Name = shape.Family };

    public ModelShape Shape => shape;

    /// <summary>Where the points are; the family adds them while it builds.</summary>
    public PointMap Points { get; } = new();

    /// <summary>input_ids -> rows of the embedding. Declares the token and mask inputs, which come first.</summary>
    public string Embed(string weight)
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
    public string Norm(string x, string weight, string node, int width) => Node("SimplifiedLayerNormalization", node, [x, Weight(weight, width)],
        Nodes.Integer("axis", -1), Nodes.Real("epsilon", shape.NormEpsilon), Nodes.Integer("stash_type", 1));

    /// <summary>The residual plus an addend, and the RMS norm of that sum: (normed, sum).</summary>
    public (string Normed, string Residual) SkipNorm(string residual, string addend, string weight, string node)
    {
        (string normed, string sum) = ($"{node}/output_0", $"{node}/output_3");
        Graph.Node.Add(Nodes.New("SkipSimplifiedLayerNormalization", node, [residual, addend, Weight(weight, shape.HiddenSize)], [normed, "", "", sum],
            Nodes.Real("epsilon", shape.NormEpsilon)));
        return (normed, sum);
    }

    /// <summary>RMS norm of each head by itself. The CPU's GroupQueryAttention has none inside.</summary>
    public string HeadNorm(string x, string weight, string node, int heads)
    {
        string split = Node("Reshape", $"{node}/split", [x, Integers("/model/constants/heads", scalar: false, 0, -1, shape.HeadSize)]);
        string normed = Norm(split, weight, node, shape.HeadSize);
        return Node("Reshape", $"{node}/join", [normed, Integers($"/model/constants/{heads}_heads", scalar: false, 0, -1, heads * shape.HeadSize)]);
    }

    /// <summary>Causal grouped-query attention with rotation; takes and returns the layer's keys and values.</summary>
    public string Attention(int layer, string query, string key, string value)
    {
        AddRopeTables();
        foreach (string past in new[] { GraphNames.PastKey(layer), GraphNames.PastValue(layer) })
            Graph.Input.Add(Tensors.Value(past, Tensors.Float, Batch, shape.KeyValueHeads, Past, shape.HeadSize));
        foreach (string present in new[] { GraphNames.PresentKey(layer), GraphNames.PresentValue(layer) })
            Graph.Output.Add(Tensors.Value(present, Tensors.Float, Batch, shape.KeyValueHeads, Total, shape.HeadSize));
        string node = $"/model/layers.{layer}/attn/GroupQueryAttention", output = $"{node}/output_0";
        Graph.Node.Add(Nodes.New("GroupQueryAttention", node,
            [query, key, value, GraphNames.PastKey(layer), GraphNames.PastValue(layer), SeqLens, TotalLength, "cos_cache", "sin_cache"],
            [output, GraphNames.PresentKey(layer), GraphNames.PresentValue(layer)],
            Nodes.Integer("num_heads", shape.Heads), Nodes.Integer("kv_num_heads", shape.KeyValueHeads),
            Nodes.Integer("do_rotary", 1), Nodes.Integer("rotary_interleaved", 0),
            Nodes.Real("scale", (float)(1 / Math.Sqrt(shape.HeadSize)))));
        return output;
    }

    /// <summary>x * sigmoid(x): QuickGelu with alpha 1, one pass where Sigmoid and Mul take two.</summary>
    public string Silu(string x, string node) => Node("QuickGelu", node, [x], Nodes.Real("alpha", 1));

    public string Multiply(string a, string b, string node) => Node("Mul", node, [a, b]);

    /// <summary>The logits of every position.</summary>
    public void Head(string normed, string weight)
    {
        Linear(normed, weight, "/lm_head", shape.VocabularySize, shape.HiddenSize, GraphNames.Logits);
        Graph.Output.Insert(0, Tensors.Value(GraphNames.Logits, Tensors.Float, Batch, Sequence, shape.VocabularySize));
    }

    const string SeqLens = "/model/lengths/seqlens_k", TotalLength = "/model/lengths/total_sequence_length";

    // The builder's own way from the mask to GroupQueryAttention's two lengths, so that GenAI drives our graphs like its own.
    void AddLengths()
    {
        string counts = Node("ReduceSum", "/model/lengths/ReduceSum", [GraphNames.AttentionMask, Integers("/model/constants/[1]", scalar: false, 1)], Nodes.Integer("keepdims", 0));
        string last = Node("Sub", "/model/lengths/Sub", [counts, Integers("/model/constants/[1]", scalar: false, 1)]);
        Graph.Node.Add(Nodes.New("Cast", "/model/lengths/Cast", [last], [SeqLens], Nodes.Integer("to", Tensors.Int32)));
        string dimensions = Node("Shape", "/model/lengths/Shape", [GraphNames.AttentionMask]);
        string total = Node("Gather", "/model/lengths/Gather", [dimensions, Integers("/model/constants/1", scalar: true, 1)], Nodes.Integer("axis", 0));
        Graph.Node.Add(Nodes.New("Cast", "/model/lengths/Gather/Cast", [total], [TotalLength], Nodes.Integer("to", Tensors.Int32)));
    }

    void AddRopeTables()
    {
        if (!_initializers.Add("cos_cache")) return;
        var (cos, sin) = RopeCache.Compute(shape.MaxPositions, shape.HeadSize, shape.RopeTheta);
        Graph.Initializer.Add(Tensors.Floats("cos_cache", [shape.MaxPositions, shape.HeadSize / 2], cos));
        Graph.Initializer.Add(Tensors.Floats("sin_cache", [shape.MaxPositions, shape.HeadSize / 2], sin));
    }

    string Node(string operation, string name, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string output = $"{name}/output_0";
        Graph.Node.Add(Nodes.New(operation, name, inputs, [output], attributes));
        return output;
    }

    /// <summary>A small weight as float32.</summary>
    string Weight(string name, params ReadOnlySpan<long> dimensions)
    {
        if (_floats.TryGetValue(name, out string? value)) return value;
        var tensor = weights.Take(name, dimensions);
        Add(tensor);
        return _floats[name] = Cast(name, tensor.DataType, $"/weights/{name}");
    }

    // Casts of initializers are folded when a session opens.
    string Cast(string value, int type, string node) => type == Tensors.Float ? value : Node("Cast", $"{node}/Cast", [value], Nodes.Integer("to", Tensors.Float));

    void Add(TensorProto initializer)
    {
        if (_initializers.Add(initializer.Name)) Graph.Initializer.Add(initializer);
    }

    string Integers(string name, bool scalar, params ReadOnlySpan<long> values)
    {
        if (_initializers.Add(name)) Graph.Initializer.Add(Tensors.Integers(name, scalar, values));
        return name;
    }
}
