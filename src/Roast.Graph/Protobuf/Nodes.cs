using Google.Protobuf.Collections;

namespace Roast.Graph.Protobuf;

/// <summary>Makes nodes and their attributes.</summary>
internal static class Nodes
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>A node; the domain follows from the operator's name, which is unique among those used here.</summary>
    public static NodeProto New(string operation, string name, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = name };
        if (operation is "FusedMatMul" or "GroupQueryAttention" or "SkipSimplifiedLayerNormalization" or "QuickGelu" or "MatMulNBits") node.Domain = Microsoft;
        foreach (string input in inputs) node.Input.Add(input);
        foreach (string output in outputs) node.Output.Add(output);
        foreach (var attribute in attributes) node.Attribute.Add(attribute);
        return node;
    }

    public static AttributeProto Integer(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };

    /// <summary>The name of an input or output, or "" where the list ends before it.</summary>
    public static string At(this RepeatedField<string> names, int index) => index < names.Count ? names[index] : "";

    /// <summary>An attribute by its name; <c>null</c> where the node has none.</summary>
    public static AttributeProto? Find(this NodeProto node, string attribute) => node.Attribute.FirstOrDefault(x => x.Name == attribute);

    /// <summary>Names an optional output, filling the ones before it with "".</summary>
    public static void SetOutput(this NodeProto node, int index, string name)
    {
        while (node.Output.Count <= index) node.Output.Add("");
        node.Output[index] = name;
    }

    /// <summary>Sets an optional input, filling the ones before it with "".</summary>
    public static void SetInput(this NodeProto node, int index, string name)
    {
        while (node.Input.Count <= index) node.Input.Add("");
        node.Input[index] = name;
    }
}
