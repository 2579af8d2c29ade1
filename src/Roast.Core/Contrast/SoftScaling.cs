namespace Roast.Contrast;

/// <summary>How one question's contrast d is normalized before it votes (CSS). A contrast at or below 1e-8 gives zeros.</summary>
public enum SoftScaling
{
    /// <summary><c>max_norm</c>: d / max|d|.</summary>
    MaxNorm,
    /// <summary><c>l2_norm</c>: d / |d|.</summary>
    L2Norm,
    /// <summary><c>softmax</c>: n * softmax(|d|) * sign(d), n = width.</summary>
    Softmax,
    /// <summary><c>none</c>: d.</summary>
    None,
}
