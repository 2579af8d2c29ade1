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

    /// <summary>Absolute: float32 logits (up to 18) and activations of the tiny models; ten times the worst of eager against sdpa and float32 against float64 (golden.json), at its strictest.</summary>
    public const double ActivationsAgainstPyTorch = 1.2e-4;

    /// <summary>Absolute: logits of the default model, up to 18, against PyTorch's float32; ten times the worst that was measured.</summary>
    public const double DefaultModelLogits = 1e-4;

    /// <summary>Absolute: the same float32 graph with another number of rows; products sum in another order.</summary>
    public const double SameGraphOtherShape = 5e-5;

    /// <summary>Absolute: one float32 sum of values below 100, rounded in one place or another.</summary>
    public const double OneRounding = 1e-5;

    /// <summary>Absolute: one sum of values below 4 in float16, rounded before or behind the addition.</summary>
    public const double Float16Sum = 4e-3;

    /// <summary>Absolute: x * sigmoid(x) of ONNX Runtime's rational approximation for |x| up to 20.</summary>
    public const double Silu = 1e-5;

    /// <summary>Relative to the largest element: the same row beside other rows; matrix kernels sum in another order for other batch shapes.</summary>
    public const double OtherBatchShape = 1e-4;

    /// <summary>
    /// Times the mean activation norm at a point: how far two float32 forward passes differ in one element of an activation
    /// there (measured at most 6e-7 between ONNX Runtime and PyTorch on the default model, some 5 units in the last place).
    /// A contrast is a difference of such activations, so this much of it is not determined, however small the contrast is.
    /// </summary>
    public const double ActivationNoise = 8e-7;

    /// <summary>Absolute: cosines, shares and correlations, all in [-1, 1], from float64 sums of up to 5,120 terms.</summary>
    public const double Analyses = 1e-11;

    /// <summary>Relative, divided by the relative gap of the two largest singular values: what float64 can say of a principal component.</summary>
    public const double PrincipalComponentTimesGap = 1e-9;

    /// <summary>
    /// Relative to the largest element: a vector fitted on another processor. Logits differ in their last digits there, so a
    /// rollout or two of a thousand may come out otherwise; one question of 128 moves an element by at most 2/128.
    /// </summary>
    public const double OtherProcessor = 0.05;

    /// <summary>
    /// Absolute for logits (up to 25), and times 1 + |value| for activations, of SmolLM2-135M against PyTorch's float32: the bound that the
    /// goldens' README names. Ours are some hundred times nearer.
    /// </summary>
    public const double SmolLm2 = 2e-3;

    /// <summary>Relative to the largest weight of a tensor: a weight rounded to 4 bits in a block of 32, whose step is at most an eighth of the block's largest weight.</summary>
    public const double Int4Step = 0.126;

    /// <summary>Absolute: logits (up to 18) and activations through MatMulNBits, float32 activations, against float products of the same dequantized weights.</summary>
    public const double BlockProducts = 2e-4;

    /// <summary>Relative to the largest logit: a whole tiny model in float16 (11 bits a value) against float32.</summary>
    public const double Float16Logits = 0.02;

    /// <summary>Relative to the largest element: one value rounded to so many significant bits (24: float32, 11: float16, 8: bfloat16), half a unit in the last place, after a float32 result that was rounded itself.</summary>
    public static double RoundedTo(int bits) => Math.ScaleB(1, -bits) * 1.01;
}
