using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>The matrix W [outputs, inputs] of a product x W^T, in one of the forms that ONNX Runtime multiplies with.</summary>
internal abstract record LinearWeight
{
    /// <summary>Floats as they are.</summary>
    /// <param name="Values">[outputs, inputs], float32, float16 or bfloat16.</param>
    public sealed record Dense(TensorProto Values) : LinearWeight;

    /// <summary>
    /// Blocks along the inputs, as <c>MatMulNBits</c> reads them: W[o, i] = (q - zero) * scale + offset, each per block.
    /// A last block that is not full is padded.
    /// </summary>
    /// <param name="Bits">4 or 8.</param>
    /// <param name="BlockSize">Inputs per block: a power of two, at least 16.</param>
    /// <param name="Packed">uint8 [outputs, blocks, BlockSize * Bits / 8], the lower input in the lower bits.</param>
    /// <param name="Scales">float32 [outputs, blocks].</param>
    /// <param name="ZeroPoints">uint8 [outputs, ceil(blocks * Bits / 8)], packed like the values; <c>null</c>: 2^(Bits-1) everywhere.</param>
    /// <param name="Offsets">
    /// float32 [blocks, outputs], of weights in one part; <c>null</c>: 0 everywhere. Costs a small product of x's block sums and stays exact where a float
    /// zero point would be slow (DESIGN 4); inputs must then fill whole blocks.
    /// </param>
    /// <param name="Parts">Rows of blocks that are summed: 2 where the first half of the blocks and the second are two addends, both multiplied with the inputs; <c>blocks</c> above counts both.</param>
    /// <param name="AccuracyLevel"><c>accuracy_level</c> of MatMulNBits: 0, float32 activations; 4, activations rounded to 8 bits.</param>
    public sealed record Blocks(int Bits, int BlockSize, TensorProto Packed, TensorProto Scales, TensorProto? ZeroPoints = null, TensorProto? Offsets = null, int Parts = 1, int AccuracyLevel = 0) : LinearWeight;
}
