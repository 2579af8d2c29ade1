using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>What a value is an elementwise function of. Activations are written in many ways; all are one source, bent.</summary>
internal static class Elementwise
{
    static readonly HashSet<string> Bending =
    [
        "Sigmoid", "Tanh", "Erf", "Exp", "Relu", "Gelu", "FastGelu", "QuickGelu", "BiasGelu", "Swish", "Silu", "Softplus", "Elu", "LeakyRelu", "HardSigmoid", "HardSwish", "Mish",
    ];

    static readonly HashSet<string> Straight = ["Cast", "Identity", "Mul", "Add", "Sub", "Div", "Neg", "Pow", "Sqrt", "Clip", "Min", "Max"];

    /// <summary>The values behind elementwise operators, constants left out, and whether one of those operators bends (is no polynomial).</summary>
    public static (HashSet<string> Sources, bool Bends) Trace(GraphIndex index, string value)
    {
        var (sources, seen, open) = (new HashSet<string>(), new HashSet<string>(), new Stack<string>([value]));
        bool bends = false;
        while (open.TryPop(out string? next))
        {
            if (!seen.Add(next) || index.IsConstant(next)) continue;
            if (index.Maker(next) is not { } maker || !(Bending.Contains(maker.OpType) || Straight.Contains(maker.OpType))) { sources.Add(next); continue; }
            bends |= Bending.Contains(maker.OpType);
            foreach (string input in maker.Input) open.Push(input);
        }
        return (sources, bends);
    }

    /// <summary>The output of the activation function in front of a projection, before it is multiplied with <c>up</c>; <c>null</c> where there is none.</summary>
    public static string? ActivationBehind(GraphIndex index, string projected)
    {
        string value = projected;
        while (index.Maker(value) is { } maker && maker.OpType is "Cast" or "Identity" or "Dropout" or "Reshape" or "QuantizeLinear" or "DequantizeLinear") value = index.Maker(value)!.Input.At(0);
        if (index.Maker(value) is { OpType: "Mul" } product && product.Input.Count == 2)
            foreach (var (act, up) in new[] { (product.Input[0], product.Input[1]), (product.Input[1], product.Input[0]) })
            {
                var (gate, other) = (Trace(index, act), Trace(index, up));
                if (gate.Bends && gate.Sources.Count == 1 && !other.Bends && other.Sources.Count == 1 && !gate.Sources.SetEquals(other.Sources)) return act;
            }
        // No gate: the activation itself is projected.
        var whole = Trace(index, value);
        return whole.Bends && whole.Sources.Count == 1 ? value : null;
    }
}
