namespace Roast.TestSupport;

/// <summary>Every tolerance of the tests, with its reason.</summary>
public static class Tolerance
{
    /// <summary>Relative to the largest element: float64 sums of the same terms in another order.</summary>
    public const double Float64Sums = 1e-12;

    /// <summary>Relative to the largest element: a float64 result rounded to float32.</summary>
    public const double RoundedToFloat32 = 1e-6;

    /// <summary>Relative: contrasts and vectors of the default model against PyTorch, whose float32 kernels sum in another order.</summary>
    public const double ContrastAgainstPyTorch = 1e-4;

    /// <summary>Absolute: probabilities after the sampling warpers; the reference keeps float32.</summary>
    public const double Probabilities = 2e-6;

    /// <summary>Absolute: intervals and p-values; the reference solves some of them numerically.</summary>
    public const double Statistics = 1e-9;

    /// <summary>Absolute: cosines, shares and correlations, all in [-1, 1], from float64 sums of up to 5,120 terms.</summary>
    public const double Analyses = 1e-11;

    /// <summary>Relative, divided by the relative gap of the two largest singular values: what float64 can say of a principal component.</summary>
    public const double PrincipalComponentTimesGap = 1e-9;
}
