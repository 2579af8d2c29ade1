using Roast.Graph.Protobuf;

namespace Roast.Graph.Inspect;

/// <summary>Norms, as one operator or as the handful that exporters write.</summary>
internal static class Norms
{
    const int MostSteps = 16;

    static readonly HashSet<string> Fused = ["SimplifiedLayerNormalization", "RMSNormalization", "LayerNormalization"];
    static readonly HashSet<string> Parts = ["Cast", "Pow", "Mul", "ReduceMean", "Add", "Sqrt", "Reciprocal", "Div", "Sub"];

    /// <summary>What a value is the norm of; <c>null</c> where it is no norm.</summary>
    public static string? InputOf(GraphIndex index, string value)
    {
        if (index.Maker(value) is not { } maker) return null;
        if (Fused.Contains(maker.OpType)) return maker.Input.At(0);
        // weight * (x / sqrt(mean(x^2) + eps)) + bias: the constants come off first.
        string inner = value;
        if (maker.OpType == "Add") inner = WithoutConstant(index, inner, "Add");
        inner = WithoutConstant(index, inner, "Mul");
        if (inner == value || index.Maker(inner) is not { OpType: "Mul" or "Div", Input.Count: 2 } scaled) return null;
        foreach (var (x, scale) in new[] { (scaled.Input[0], scaled.Input[1]), (scaled.Input[1], scaled.Input[0]) })
            if (IsMeanOf(index, scale, index.BehindCasts(x))) return Centered(index, index.BehindCasts(x));
        return null;
    }

    static string WithoutConstant(GraphIndex index, string value, string operation) =>
        index.Maker(value) is { } maker && maker.OpType == operation && index.OnlyVariable(maker) is { } variable && maker.Input.Any(index.IsConstant) ? index.BehindCasts(variable) : value;

    /// <summary>Whether a scale is computed from a mean over a value, with nothing else in it.</summary>
    static bool IsMeanOf(GraphIndex index, string scale, string of)
    {
        var open = new Stack<string>([scale]);
        bool mean = false, reached = false;
        for (int step = 0; open.TryPop(out string? value); step++)
        {
            value = index.BehindCasts(value);
            if (value == of) { reached = true; continue; }
            if (index.IsConstant(value)) continue;
            if (step == MostSteps || index.Maker(value) is not { } maker || !Parts.Contains(maker.OpType)) return false;
            mean |= maker.OpType == "ReduceMean";
            foreach (string input in maker.Input) open.Push(input);
        }
        return mean && reached;
    }

    // A layer norm subtracts the mean first: what it is the norm of lies in front of that.
    static string Centered(GraphIndex index, string value) =>
        index.Maker(value) is { OpType: "Sub", Input.Count: 2 } minus && index.Maker(minus.Input[1]) is { OpType: "ReduceMean" } mean && mean.Input.At(0) == minus.Input[0] ? minus.Input[0] : value;
}
