namespace Roast.Onnx.Devices;

/// <summary>Blocks that lie apart by two strides, such as the heads of every layer's cache: all are copied by the same way. In elements; source and target do not overlap.</summary>
/// <param name="From">First element of the first block.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Length">Elements of a block.</param>
/// <param name="Count">Blocks of a group.</param>
/// <param name="Stride">From one block to the next.</param>
/// <param name="Groups">Groups.</param>
/// <param name="GroupStride">From one group to the next.</param>
internal readonly record struct BlockCopy(long From, long To, long Length, int Count, long Stride, int Groups, long GroupStride);
