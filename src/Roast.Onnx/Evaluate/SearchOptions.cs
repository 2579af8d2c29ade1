using Roast.Contrast;

namespace Roast.Onnx;

/// <summary>What a search tries. Immutable; vary it using <c>with</c>.</summary>
public sealed record SearchOptions
{
    /// <summary>How rollouts are sampled and how stand-ins vote. Its points, pool and scaling are not looked at: the search tries those below.</summary>
    public RoastOptions Fit { get; init; } = new();

    /// <summary>How dev is answered.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Which tokens of an answer speak for it: each is tried. At least one.</summary>
    public IReadOnlyList<Pool> Pools { get; init { ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(Pools)); field = value; } } = [.. Enum.GetValues<Pool>()];

    /// <summary>How a question's contrast is normalized: each is tried. At least one.</summary>
    public IReadOnlyList<SoftScaling> Scalings { get; init { ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(Scalings)); field = value; } } = [SoftScaling.MaxNorm];

    /// <summary>Points that are steered together: each set is tried. At least one. Default: <see cref="DefaultPlaces"/>.</summary>
    public IReadOnlyList<PointPattern> Places { get; init { ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(Places)); field = value; } } = DefaultPlaces;

    /// <summary>Strengths, finite: each is tried. At least one.</summary>
    public IReadOnlyList<float> Strengths { get; init { ArgumentOutOfRangeException.ThrowIfZero(value.Count, nameof(Strengths)); field = value; } } = [0.1f, 0.2f, 0.5f, 0.7f, 1, 1.5f, 2, 3];

    /// <summary>Whether <see cref="Strengths"/> are relative.</summary>
    public bool Relative { get; init; }

    /// <summary>At which positions.</summary>
    public Scope Scope { get; init; } = Scope.Last;

    /// <summary>Whether train and dev may share questions.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>Places that are tried where none are named: ROAST's own, and every layer of one site.</summary>
    public static IReadOnlyList<PointPattern> DefaultPlaces { get; } = [PointPattern.Default, PointPattern.Parse("attn_out.*"), PointPattern.Parse("mlp_act.*"), PointPattern.Parse("resid_post.*")];
}
