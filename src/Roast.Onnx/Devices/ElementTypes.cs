using Microsoft.ML.OnnxRuntime.Tensors;

namespace Roast.Onnx.Devices;

/// <summary>Facts of the element types that a decoder's inputs and outputs have.</summary>
internal static class ElementTypes
{
    /// <summary>Size of one element.</summary>
    public static int Bytes(this TensorElementType type) => type switch
    {
        TensorElementType.Float or TensorElementType.Int32 => 4,
        TensorElementType.Float16 => 2,
        TensorElementType.Int64 => 8,
        _ => throw new NotSupportedException($"Tensors of {type} are not bound."),
    };
}
