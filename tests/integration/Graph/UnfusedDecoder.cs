using System.Runtime.InteropServices;
using Roast.Graph.Protobuf;
using Roast.TestSupport;

namespace Roast.Tests.Integration.Graph;

/// <summary>
/// A Llama folder as an exporter without fused operators writes it: norms as Pow, ReduceMean, Sqrt, attention as MatMul, Softmax,
/// MatMul, Add on the residual. Optional: what else such graphs have (a norm behind each module, gelu as a tanh formula).
/// </summary>
sealed class UnfusedDecoder(Golden weights, int layers, int heads, int keyValueHeads, int headSize, double theta, float epsilon, bool postNorms = false, bool tanhGelu = false)
{
    const int Positions = 128;
    readonly GraphProto _graph = new() { Name = "main_graph" };
    int _count;

    public ModelProto Build()
    {
        _graph.Input.Add(Tensors.Value("input_ids", Tensors.Int64, "batch_size", "sequence_length"));
        _graph.Input.Add(Tensors.Value("attention_mask", Tensors.Int64, "batch_size", "total"));
        _graph.Input.Add(Tensors.Value("position_ids", Tensors.Int64, "batch_size", "sequence_length"));
        foreach (var (name, values) in new[] { ("axis1", new long[] { 1 }), ("axis_2", [-2]), ("last", [-1]), ("zero", [0]), ("half", [headSize / 2]), ("end", [long.MaxValue]), ("repeat", [.. Enumerable.Range(0, heads).Select(i => (long)(i * keyValueHeads / heads))]) })
            _graph.Initializer.Add(Tensors.Integers(name, scalar: false, values));
        foreach (var (name, value) in new[] { ("two", 2f), ("eps", epsilon), ("one", 1f), ("minus", -1e9f), ("scale", 1 / MathF.Sqrt(headSize)), ("half_f", 0.5f), ("c1", 0.044715f), ("c2", MathF.Sqrt(2 / MathF.PI)), ("three", 3f) }) Floats(name, [], [value]);
        Rotation();
        Weight("embed", "model.embed_tokens.weight", transpose: false);
        string residual = Node("Gather", ["embed", "input_ids"]);
        string mask = Node("Where", [Node("LessOrEqual", [Node("Cast", [Node("Range", ["start", Total(), "step"])], Nodes.Integer("to", Tensors.Int64)), Node("Unsqueeze", ["position_ids", "last"])]), "nothing", "minus"]);
        _graph.Initializer.Add(Tensors.Integers("start", scalar: true, 0));
        _graph.Initializer.Add(Tensors.Integers("step", scalar: true, 1));
        Floats("nothing", [], [0]);
        mask = Node("Unsqueeze", [mask, "axis1"]);
        for (int layer = 0; layer < layers; layer++)
        {
            string block = $"model.layers.{layer}.";
            string attention = Attention(layer, Norm(residual, $"{block}input_layernorm.weight"), mask);
            residual = Node("Add", [residual, postNorms ? Norm(attention, $"{block}input_layernorm.weight") : attention]);
            string normed = Norm(residual, $"{block}post_attention_layernorm.weight");
            string act = Activation(Product(normed, $"{block}mlp.gate_proj.weight"));
            string mlp = Product(Node("Mul", [act, Product(normed, $"{block}mlp.up_proj.weight")]), $"{block}mlp.down_proj.weight");
            residual = Node("Add", [postNorms ? Norm(mlp, $"{block}post_attention_layernorm.weight") : mlp, residual]);
        }
        Weight("head", "model.embed_tokens.weight", transpose: true);
        _graph.Node.Add(Nodes.New("MatMul", "/lm_head/MatMul", [Norm(residual, "model.norm.weight"), "head"], ["logits"]));
        _graph.Output.Insert(0, Tensors.Value("logits", Tensors.Float, "batch_size", "sequence_length", weights.Shape("model.embed_tokens.weight")[0]));
        var model = new ModelProto { IrVersion = 8, ProducerName = "pytorch", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        return model;
    }

    string Attention(int layer, string normed, string mask)
    {
        string block = $"model.layers.{layer}.self_attn.";
        string query = Rotate(Split(Product(normed, $"{block}q_proj.weight"), heads)), key = Rotate(Split(Product(normed, $"{block}k_proj.weight"), keyValueHeads)), value = Split(Product(normed, $"{block}v_proj.weight"), keyValueHeads);
        foreach (var (kind, now) in new[] { ("key", key), ("value", value) })
        {
            _graph.Input.Add(Tensors.Value($"past_key_values.{layer}.{kind}", Tensors.Float, "batch_size", keyValueHeads, "past", headSize));
            _graph.Output.Add(Tensors.Value($"present.{layer}.{kind}", Tensors.Float, "batch_size", keyValueHeads, "total", headSize));
            _graph.Node.Add(Nodes.New("Concat", $"/{layer}/{kind}", [$"past_key_values.{layer}.{kind}", now], [$"present.{layer}.{kind}"], Nodes.Integer("axis", 2)));
        }
        string keys = Node("Gather", [$"present.{layer}.key", "repeat"], Nodes.Integer("axis", 1)), values = Node("Gather", [$"present.{layer}.value", "repeat"], Nodes.Integer("axis", 1));
        string scores = Node("Add", [Node("Mul", [Node("MatMul", [query, Node("Transpose", [keys], Permutation(0, 1, 3, 2))]), "scale"]), mask]);
        string mixed = Node("MatMul", [Node("Softmax", [scores], Nodes.Integer("axis", -1)), values]);
        return Product(Node("Reshape", [Node("Transpose", [mixed], Permutation(0, 2, 1, 3)), Shape(0, 0, heads * headSize)]), $"{block}o_proj.weight");
    }

    string Norm(string x, string weight)
    {
        string mean = Node("ReduceMean", [Node("Pow", [x, "two"])], Axes());
        string normed = Node("Mul", [x, Node("Div", ["one", Node("Sqrt", [Node("Add", [mean, "eps"])])])]);
        return Node("Mul", [Weight($"{weight}#{_count}", weight, transpose: false), normed]);
    }

    string Activation(string gate)
    {
        if (!tanhGelu) return Node("Mul", [gate, Node("Sigmoid", [gate])]);
        string inner = Node("Mul", [Node("Add", [gate, Node("Mul", [Node("Pow", [gate, "three"]), "c1"])]), "c2"]);
        return Node("Mul", [Node("Mul", [gate, "half_f"]), Node("Add", [Node("Tanh", [inner]), "one"])]);
    }

    string Split(string x, int n) => Node("Transpose", [Node("Reshape", [x, Shape(0, 0, n, headSize)])], Permutation(0, 2, 1, 3));

    string Rotate(string x)
    {
        string first = Node("Slice", [x, "zero", "half", "last"]), second = Node("Slice", [x, "half", "end", "last"]);
        string turned = Node("Concat", [Node("Neg", [second]), first], Nodes.Integer("axis", -1));
        return Node("Add", [Node("Mul", [x, "cos_now"]), Node("Mul", [turned, "sin_now"])]);
    }

    void Rotation()
    {
        var (cos, sin) = (new float[Positions * headSize], new float[Positions * headSize]);
        for (int i = 0; i < cos.Length; i++)
        {
            double angle = i / headSize * Math.Pow(theta, -2.0 * (i % headSize % (headSize / 2)) / headSize);
            (cos[i], sin[i]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
        }
        foreach (var (name, table) in new[] { ("cos", cos), ("sin", sin) })
        {
            Floats(name, [Positions, headSize], table);
            _graph.Node.Add(Nodes.New("Unsqueeze", $"/{name}", [Node("Gather", [name, "position_ids"]), "axis1"], [$"{name}_now"]));
        }
    }

    // The number of keys: past and present.
    string Total() => Node("Add", [Node("Gather", [Node("Shape", ["past_key_values.0.key"]), Scalar(2)]), Node("Gather", [Node("Shape", ["input_ids"]), Scalar(1)])]);

    string Product(string x, string weight) => Node("MatMul", [x, Weight($"{weight}.T", weight, transpose: true)]);

    string Weight(string name, string source, bool transpose)
    {
        int[] shape = [.. weights.Shape(source)];
        float[] values = weights[source];
        if (transpose)
        {
            var turned = new float[values.Length];
            for (int i = 0; i < values.Length; i++) turned[i % shape[1] * shape[0] + i / shape[1]] = values[i];
            (values, shape) = (turned, [shape[1], shape[0]]);
        }
        return Floats(name, [.. shape.Select(x => (long)x)], values);
    }

    string Floats(string name, long[] shape, float[] values)
    {
        _graph.Initializer.Add(Tensors.Floats(name, shape, MemoryMarshal.AsBytes<float>(values).ToArray()));
        return name;
    }

    string Scalar(long value) => Constant(Tensors.Integers("", scalar: true, value));

    string Shape(params long[] values) => Constant(Tensors.Integers("", scalar: false, values));

    string Constant(TensorProto tensor) => Node("Constant", [], new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor });

    static AttributeProto Permutation(params long[] axes) => Integers("perm", axes);

    static AttributeProto Axes() => Integers("axes", -1);

    static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    string Node(string operation, string[] inputs, params AttributeProto[] attributes)
    {
        string output = $"/node_{_count++}_output_0";
        _graph.Node.Add(Nodes.New(operation, $"/{operation}_{_count}", inputs, [output], attributes));
        return output;
    }
}
