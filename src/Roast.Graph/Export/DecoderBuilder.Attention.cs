using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

internal sealed partial class DecoderBuilder
{
    const string SeqLens = "/model/lengths/seqlens_k", TotalLength = "/model/lengths/total_sequence_length";

    /// <summary>Causal grouped-query attention with rotation; takes and returns the layer's keys and values.</summary>
    string Attention(int layer, string query, string key, string value, bool interleaved)
    {
        int? window = shape.Window(layer);
        (string cos, string sin) = window is not null && shape.LocalRotation is { } local ? RopeTables("_local", local) : RopeTables("", shape.Rotation);
        foreach (string past in new[] { GraphNames.PastKey(layer), GraphNames.PastValue(layer) })
            Graph.Input.Add(Tensors.Value(past, type, Batch, shape.KeyValueHeads, Past, shape.HeadSize));
        foreach (string present in new[] { GraphNames.PresentKey(layer), GraphNames.PresentValue(layer) })
            Graph.Output.Add(Tensors.Value(present, type, Batch, shape.KeyValueHeads, Total, shape.HeadSize));
        string node = $"/model/layers.{layer}/attn/GroupQueryAttention", output = $"{node}/output_0";
        var attention = Nodes.New("GroupQueryAttention", node,
            [query, key, value, GraphNames.PastKey(layer), GraphNames.PastValue(layer), SeqLens, TotalLength, cos, sin],
            [output, GraphNames.PresentKey(layer), GraphNames.PresentValue(layer)],
            Nodes.Integer("num_heads", shape.Heads), Nodes.Integer("kv_num_heads", shape.KeyValueHeads),
            Nodes.Integer("do_rotary", 1), Nodes.Integer("rotary_interleaved", interleaved ? 1 : 0),
            Nodes.Real("scale", (float)(1 / Math.Sqrt(shape.QueryScalar ?? shape.HeadSize))));
        if (window is { } tokens) attention.Attribute.Add(Nodes.Integer("local_window_size", tokens));
        if (shape.AttentionSoftcap is { } cap) attention.Attribute.Add(Nodes.Real("softcap", (float)cap));
        Graph.Node.Add(attention);
        return output;
    }

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

    (string Cos, string Sin) RopeTables(string suffix, Rotation rotation)
    {
        (string cosName, string sinName) = ($"cos_cache{suffix}", $"sin_cache{suffix}");
        if (_initializers.Add(cosName))
        {
            var (cos, sin) = RopeCache.Compute(shape.MaxPositions, shape.HeadSize, rotation);
            long[] dimensions = [shape.MaxPositions, rotation.RotatedWidth(shape.HeadSize) / 2];
            Graph.Initializer.Add(Table(cosName, dimensions, cos));
            Graph.Initializer.Add(Table(sinName, dimensions, sin));
        }
        return (cosName, sinName);
    }

    TensorProto Table(string name, long[] dimensions, byte[] littleEndian) => type == Tensors.Float
        ? Tensors.Floats(name, dimensions, littleEndian)
        : Tensors.Reals(name, type, dimensions, System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(littleEndian));
}
