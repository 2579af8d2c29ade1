namespace Roast.Contrast;

/// <summary>
/// How one question's contrast d is normalized before it votes (CSS, arXiv 2602.14143). <see cref="SoftScale"/> does it.
/// </summary>
public enum SoftScaling
{
    /// <summary><c>max_norm</c>: d / max|d|; zeros where max|d| &lt;= 1e-8. The default.</summary>
    MaxNorm,
    /// <summary><c>l2_norm</c>: d / |d|; zeros where |d| &lt;= 1e-8.</summary>
    L2Norm,
    /// <summary><c>softmax</c>: n * softmax(|d|) * sign(d), n = width; sign(0) = 0.</summary>
    Softmax,
    /// <summary><c>none</c>: d.</summary>
    None,
}
