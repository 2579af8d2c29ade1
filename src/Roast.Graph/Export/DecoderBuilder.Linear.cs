using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

internal sealed partial class DecoderBuilder
{
    /// <summary>A projection by the name of its module: x W^T, plus its bias where it has one.</summary>
    string Linear(string x, string module, string node, int outputs, int inputs, bool bias)
    {
        string product = Linear(x, $"{module}.weight", node, outputs, inputs);
        return bias ? Node("Add", $"{node}/bias", [product, Weight($"{module}.bias", outputs)]) : product;
    }

    /// <summary>x W^T with the weight as Hugging Face stores it, [outputs, inputs], in whatever form the source has it. An output that is not named is <c>{node}/output_0</c>.</summary>
    string Linear(string x, string weight, string node, int outputs, int inputs, string? output = null)
    {
        output ??= $"{node}/output_0";
        switch (weights.TakeLinear(weight, outputs, inputs))
        {
            case LinearWeight.Dense dense:
                Add(dense.Values);
                if (!_floats.TryGetValue(weight, out string? matrix)) _floats[weight] = matrix = Cast(weight, dense.Values.DataType, $"/weights/{weight}");
                Graph.Node.Add(Nodes.New("FusedMatMul", node, [x, matrix], [output], Nodes.Integer("transB", 1)));
                break;
            case LinearWeight.Blocks { Offsets: null } blocks:
                AddBlocks(x, blocks, node, outputs, inputs, output);
                break;
            case LinearWeight.Blocks { Offsets: { } offsets } blocks:
                // A block's offset times the sum of the block's inputs.
                AddBlocks(x, blocks, node, outputs, inputs, $"{node}/output_0/blocks");
                string split = Node("Reshape", $"{node}/split", [x, Integers($"/model/constants/blocks_of_{blocks.BlockSize}", scalar: false, 0, 0, -1, blocks.BlockSize)]);
                string sums = Node("ReduceSum", $"{node}/sums", [split, Integers("/model/constants/[-1]", scalar: false, -1)], Nodes.Integer("keepdims", 0));
                Add(offsets);
                string correction = Node("MatMul", $"{node}/offsets", [sums, offsets.Name]);
                Graph.Node.Add(Nodes.New("Add", $"{node}/add_offsets", [$"{node}/output_0/blocks", correction], [output]));
                break;
        }
        return output;
    }

    void AddBlocks(string x, LinearWeight.Blocks blocks, string node, int outputs, int inputs, string output)
    {
        Add(blocks.Packed);
        Add(blocks.Scales);
        if (blocks.Parts > 1) x = Repeated(x, blocks.Parts);
        List<string> names = [x, blocks.Packed.Name, blocks.Scales.Name];
        if (blocks.ZeroPoints is { } zeros)
        {
            Add(zeros);
            names.Add(zeros.Name);
        }
        Graph.Node.Add(Nodes.New("MatMulNBits", node, [.. names], [output],
            Nodes.Integer("K", inputs * blocks.Parts), Nodes.Integer("N", outputs), Nodes.Integer("bits", blocks.Bits),
            Nodes.Integer("block_size", blocks.BlockSize), Nodes.Integer("accuracy_level", blocks.AccuracyLevel)));
    }

    /// <summary>A value beside itself along its last axis, for weights whose addends lie so: one product adds them up. Products of one input share it.</summary>
    string Repeated(string x, int times)
    {
        string node = $"{x}/times_{times}";
        return _repeated.Add(node) ? Node("Concat", node, [.. Enumerable.Repeat(x, times)], Nodes.Integer("axis", -1)) : $"{node}/output_0";
    }
}
