using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>Products, or lookups, of one quantized kind.</summary>
/// <param name="Operator">For example <c>MatMulNBits</c> or <c>GatherBlockQuantized</c>.</param>
/// <param name="Bits">Bits a weight.</param>
/// <param name="BlockSize">Weights that share a scale.</param>
/// <param name="AccuracyLevel">0: as ONNX Runtime likes; 1: float32 activations; 4: activations rounded to int8, faster at one row.</param>
/// <param name="Count">Nodes of this kind.</param>
public sealed record Quantization(string Operator, long Bits, long BlockSize, long AccuracyLevel, int Count)
{
    /// <summary><c>21 MatMulNBits of 4 bits, block 32, accuracy level 4</c>.</summary>
    public override string ToString() => $"{Count} {Operator} of {Bits} bits, block {BlockSize}{(Operator == "MatMulNBits" ? $", accuracy level {AccuracyLevel}" : "")}";

    internal static Quantization[] Of(GraphProto graph) =>
        [.. graph.Node.Where(node => node.OpType is "MatMulNBits" or "GatherBlockQuantized")
            .GroupBy(node => (node.OpType, Bits: node.Find("bits")?.I ?? 4, Block: node.Find("block_size")?.I ?? 128, Level: node.Find("accuracy_level")?.I ?? 0))
            .OrderBy(kind => kind.Key.OpType, StringComparer.Ordinal).ThenBy(kind => kind.Key.Bits)
            .Select(kind => new Quantization(kind.Key.OpType, kind.Key.Bits, kind.Key.Block, kind.Key.Level, kind.Count()))];
}
