namespace Roast.Cuda;

/// <summary>
/// Adds what one rollout has captured to sums of its question, and its norms to sums of norms (DESIGN 2.3, 2.7); the first value that is not finite is
/// written down. The capture is <see cref="Row"/>, or, where <see cref="Steps"/> is not 0, the mean of its steps, rounded to float32.
/// </summary>
public readonly record struct SumsCall
{
    /// <summary>[P + 1] where each point's columns begin; the last one is the width W. Not looked at.</summary>
    public required DeviceView<int> At { get; init; }

    /// <summary>[W] the capture; no view where it is the mean of steps.</summary>
    public DeviceView<float> Row { get; init; }

    /// <summary>Point after point [<see cref="StepRows"/>, width of the point]: sums over the steps of rows that run together, as <see cref="IKernelLauncher.PoolAdd"/> makes them.</summary>
    public DeviceView<double> StepSums { get; init; }

    /// <summary>Rows of each point in <see cref="StepSums"/>.</summary>
    public int StepRows { get; init; }

    /// <summary>Which of them.</summary>
    public int StepRow { get; init; }

    /// <summary>How many steps its sum has; 0: the capture is <see cref="Row"/>.</summary>
    public int Steps { get; init; }

    /// <summary>[W] changed: the capture is added.</summary>
    public required DeviceView<double> Sums { get; init; }

    /// <summary>[P] changed: the norm at each point is added.</summary>
    public required DeviceView<double> Norms { get; init; }

    /// <summary>[P] 0, or the first capture that was not finite at a point: see <see cref="Roast.Cuda.NotFiniteValue"/>. Not changed where it is not 0.</summary>
    public required DeviceView<ulong> NotFinite { get; init; }

    /// <summary>1 .. 2^31 - 1: names the capture in <see cref="NotFinite"/>.</summary>
    public required int Tag { get; init; }

    internal int Points => checked((int)At.Length - 1);

    internal void Check()
    {
        ViewSizes.AtLeast(At.Length, 2, nameof(At));
        ViewSizes.AtLeast(Norms.Length, Points, nameof(Norms));
        ViewSizes.AtLeast(NotFinite.Length, Points, nameof(NotFinite));
        ArgumentOutOfRangeException.ThrowIfLessThan(Tag, 1, nameof(Tag));
        ArgumentOutOfRangeException.ThrowIfNegative(Steps, nameof(Steps));
        if (Steps == 0) ViewSizes.AtLeast(Row.Length, Sums.Length, nameof(Row));
        else
        {
            if ((uint)StepRow >= (uint)StepRows) throw new ArgumentOutOfRangeException(nameof(StepRow), StepRow, $"There are {StepRows} rows.");
            ViewSizes.AtLeast(StepSums.Length, StepRows * Sums.Length, nameof(StepSums));
        }
    }
}

/// <summary>What <see cref="SumsCall.NotFinite"/> says of one point.</summary>
/// <param name="Tag">Which capture.</param>
/// <param name="Column">The lowest such column of the whole row.</param>
/// <param name="Value">NaN or an infinity.</param>
public readonly record struct NotFiniteValue(int Tag, int Column, float Value)
{
    /// <summary>Reads an entry; <c>null</c>: every capture was finite.</summary>
    public static NotFiniteValue? Read(ulong entry) => entry == 0 ? null
        : new((int)(entry >> 33), (int)(entry >> 2 & int.MaxValue), (entry & 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity });
}
