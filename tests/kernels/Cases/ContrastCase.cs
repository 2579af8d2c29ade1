using Roast.Contrast;
using Roast.Cuda;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Kernels.Cases;

/// <summary>
/// Two batches of questions into one mean. Question number q is mixed; but every fifth from 1 is degenerate, every seventh from 2 has no
/// correct row, every eleventh from 3 holds NaN, and every ninth from 4 differs by less than 1e-8. The reference is SoftScale in Core.
/// </summary>
sealed record ContrastCase(SoftScaling Scaling, int Questions, int Width, int Stride, int Shift) : KernelCase
{
    const int Rows = 9, Nan = 7, Zero = 6, Tiny = 8;
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        float[] values = Draw.Floats((Rows - 1) * Stride + Width, seed: 10 + Questions);
        values.AsSpan(Zero * Stride, Width).Clear();
        values.AsSpan(Tiny * Stride, Width).Fill(0);
        values[Tiny * Stride + Width / 2] = 0.9e-8f;
        values[Nan * Stride + Width - 1] = Questions % 2 == 0 ? float.NaN : float.NegativeInfinity;
        var rows = stage.Rows(ElementType.Float32, System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray(), Rows, Width, Stride, Shift);
        var (correct, incorrect) = (Segments(right: true), Segments(right: false));
        double[] weights = [.. Enumerable.Range(0, Questions).Select(q => q % 3 == 0 ? 0.5 : 1)];
        double total = weights.Sum() * 2;
        int pitch = ContrastCall.Pitch(Width);
        var call = new ContrastCall
        {
            Rows = rows, CorrectAt = stage.In(correct.At), Correct = stage.In(correct.Rows), IncorrectAt = stage.In(incorrect.At), Incorrect = stage.In(incorrect.Rows), Weights = stage.In(weights),
            Differences = stage.Out<double>(Questions * pitch), Votes = stage.Out<double>(Questions), Sizes = stage.Out<double>(Questions), States = stage.Out<int>(Questions), Scaling = Scaling,
        };
        var (sums, mean) = (stage.In(new double[Width]), stage.Out<float>(Width, Shift));
        for (int batch = 0; batch < 2; batch++)
        {
            stage.Launcher.Contrast(call);
            stage.Launcher.ContrastMean(new ContrastMeanCall { Differences = call.Differences, Votes = call.Votes, Sums = sums, Mean = mean, TotalWeight = total });
        }
        double[] d = FiniteRows(stage, call, pitch);
        double[] votes = stage.Read(call.Votes), actualSums = stage.Read(sums);
        int[] states = stage.Read(call.States);
        stage.Read(call.Sizes);
        float[] actual = stage.Read(mean);
        if (!check) return;

        var expected = new double[Width];
        for (int q = 0; q < Questions; q++)
        {
            var (scaled, state) = Reference(values, correct.Of(q), incorrect.Of(q));
            Assert.True((int)state == states[q], $"{this}, question {q}: {(ContrastState)states[q]}, expected {state}");
            for (int c = 0; c < Width; c++) expected[c] += 2 * weights[q] * scaled[c];
            if (state == ContrastState.Votes) Near.EqualToScale([.. scaled.Select(x => weights[q] * x)], [.. d.AsSpan(q * pitch, Width).ToArray().Select(x => votes[q] * x)], Tolerance.Float64Sums, $"{this}, question {q}");
            else Assert.Equal(0, votes[q]);
        }
        Near.EqualToScale(expected, actualSums, Tolerance.Float64Sums, $"{this}, sums");
        Near.EqualToScale([.. expected.Select(x => x / total)], Array.ConvertAll(actual, x => (double)x), Tolerance.RoundedToFloat32, $"{this}, mean");
    }

    /// <summary>Reads the differences; a row with NaN has bits that devices may choose, so it does not count.</summary>
    double[] FiniteRows(Stage stage, ContrastCall call, int pitch)
    {
        var all = new double[Questions * pitch];
        for (int q = 0; q < Questions; q++)
            if (Kind(q) != 3) stage.Read(call.Differences.Slice(q * pitch, pitch)).CopyTo(all, q * pitch);
        return all;
    }

    static int Kind(int q) => q % 5 == 1 ? 1 : q % 7 == 2 ? 2 : q % 11 == 3 ? 3 : q % 9 == 4 ? 4 : 0;

    (int[] At, int[] Rows, Func<int, int[]> Of) Segments(bool right)
    {
        List<int> at = [0], all = [];
        for (int q = 0; q < Questions; q++)
        {
            all.AddRange(Kind(q) switch
            {
                1 => [q % Zero],
                2 => right ? [] : [0],
                3 => right ? [Nan, 1] : [2],
                4 => right ? [Tiny] : [Zero],
                _ => right ? Enumerable.Range(q, 1 + q % 5).Select(x => x % Zero) : Enumerable.Range(q + 3, 1 + (q + 2) % 6).Select(x => x * 5 % Zero),
            });
            at.Add(all.Count);
        }
        return ([.. at], [.. all], q => [.. all[at[q]..at[q + 1]]]);
    }

    (double[] Scaled, ContrastState State) Reference(float[] values, int[] correct, int[] incorrect)
    {
        var d = new double[Width];
        if (correct.Length == 0 || incorrect.Length == 0) return (d, ContrastState.OneSided);
        for (int c = 0; c < Width; c++) d[c] = correct.Sum(r => (double)values[r * Stride + c]) / correct.Length - incorrect.Sum(r => (double)values[r * Stride + c]) / incorrect.Length;
        if (d.Any(x => !double.IsFinite(x))) return (new double[Width], ContrastState.NotFinite);
        return (d, SoftScale.Apply(d, Scaling) ? ContrastState.Votes : ContrastState.Degenerate);
    }
}
