using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>Products with a weight: where a projection is, and how wide both of its sides are.</summary>
internal static class Products
{
    const int MostSteps = 16;                                // a bias, a scale, a cast or two: never more

    static readonly HashSet<string> Operators = ["MatMul", "FusedMatMul", "Gemm", "MatMulNBits", "MatMulBnb4", "MatMulInteger", "QLinearMatMul", "DynamicQuantizeMatMul"];

    /// <summary>What these operators are called, for messages.</summary>
    public static string Known => "MatMul, MatMulNBits, FusedMatMul or Gemm";

    /// <summary>The product that a value is, but for biases, scales, casts and reshapes; <c>null</c> where it is something else.</summary>
    public static NodeProto? Behind(GraphIndex index, string value)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (index.Maker(value) is not { } maker) return null;
            if (Operators.Contains(maker.OpType)) return maker.Input.Count >= 2 ? maker : null;
            string? next = maker.OpType switch
            {
                "Cast" or "Identity" or "Dropout" or "Reshape" or "Transpose" or "Squeeze" or "Unsqueeze" => maker.Input.At(0),
                "Add" or "Sub" or "Mul" or "Div" => index.OnlyVariable(maker),
                _ => null,
            };
            if (next is null) return null;
            value = next;
        }
        return null;
    }

    /// <summary>What a product is of. Weights that are several addends beside each other take one value as often beside itself: that value.</summary>
    public static string InputOf(GraphIndex index, NodeProto product) => Addends(index, product) > 1 ? index.Maker(product.Input[0])!.Input[0] : product.Input[0];

    /// <summary>Width of what a product is of, and of what it gives; <c>null</c> where the file does not say.</summary>
    public static (long Inputs, long Outputs)? Sizes(GraphIndex index, NodeProto product)
    {
        if (product.Find("K") is { } k && product.Find("N") is { } n) return (k.I / Addends(index, product), n.I);
        if (index.Dimensions(product.Input.At(1)) is not { Count: 2 } weight) return null;
        return product.Find("transB")?.I == 1 ? (weight[1], weight[0]) : (weight[0], weight[1]);
    }

    static int Addends(GraphIndex index, NodeProto product) =>
        index.Maker(product.Input[0]) is { OpType: "Concat" } concat && concat.Input.Distinct().Count() == 1 && concat.Find("axis")?.I is -1 or 2 ? concat.Input.Count : 1;
}
