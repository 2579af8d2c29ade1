using System.Globalization;
using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type, for example <c>float32</c>; <c>type 23</c> for one without a name here; <c>other</c> where it is no tensor.</param>
/// <param name="Shape">Dimensions as text: a number, a symbol, or <c>?</c>.</param>
public sealed record GraphValue(string Name, string Type, IReadOnlyList<string> Shape)
{
    static readonly string[] Types =
        ["undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64", "uint32", "uint64", "complex64", "complex128", "bfloat16"];

    /// <summary><c>name float32 [batch_size, 1, 96]</c>.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape)}]";

    internal static GraphValue Of(ValueInfoProto value)
    {
        if (value.Type?.TensorType is not { } tensor) return new GraphValue(value.Name, "other", []);
        return new GraphValue(value.Name, TypeName(tensor.ElemType),
            tensor.Shape is null ? [] : [.. tensor.Shape.Dim.Select(Text)]);
    }

    /// <summary>The name of an ONNX element type.</summary>
    internal static string TypeName(int type) => (uint)type < (uint)Types.Length ? Types[type] : $"type {type}";

    static string Text(TensorShapeProto.Types.Dimension dimension) => dimension.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => dimension.DimValue.ToString(CultureInfo.InvariantCulture),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam => dimension.DimParam,
        _ => "?",
    };
}
