namespace Roast.Onnx;

/// <summary>How a vector is judged: which strengths are tried, and what it is compared with. Immutable; vary it using <c>with</c>.</summary>
public sealed record StudyOptions
{
    /// <summary>How the vector is fitted, where it is.</summary>
    public RoastOptions Fit { get; init; } = new();

    /// <summary>How answers are generated for dev and test.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Strengths to choose from on dev.</summary>
    public IReadOnlyList<float> Strengths { get; init; } = StrengthSweep.DefaultStrengths;

    /// <summary>Places to choose from on dev, each steered at once; empty: all points of the vector together.</summary>
    public IReadOnlyList<PointPattern> Places { get; init; } = [];

    /// <summary>Whether <see cref="Strengths"/> are relative.</summary>
    public bool Relative { get; init; }

    /// <summary>The strength where there is no dev to choose on. <c>null</c>: the vector's recommended one, else ROAST's 0.2.</summary>
    public Strength? Strength { get; init; }

    /// <summary>At which positions. <c>null</c>: the vector's recommended scope, else <see cref="Scope.Last"/>.</summary>
    public Scope? Scope { get; init; }

    /// <summary>Whether a fit is compared with CAA on the same questions, at the same strength.</summary>
    public bool CompareWithCaa { get; init; } = true;

    /// <summary>Whether train, dev and test may share questions. The result says how many they do.</summary>
    public bool AllowOverlap { get; init; }
}
