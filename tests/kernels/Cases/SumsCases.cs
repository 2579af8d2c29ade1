using Roast.Contrast;
using Roast.Cuda;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Kernels.Cases;

/// <summary>
/// Four captures into two sums, of three points whose widths differ, <paramref name="Width"/> the second one's: from rows, or from sums over the steps of
/// three rows that run together. With <paramref name="Blemished"/>, the second capture holds NaN and the third an infinity.
/// </summary>
sealed record SumsCase(int Width, bool FromSteps, int Shift, bool Blemished) : KernelCase
{
    const int Captures = 4, StepRows = 3, Steps = 7, Other = 5;
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        int[] at = [0, Other, Other + Width, Other + Width + 1];
        int total = at[^1];
        var captures = new float[Captures][];
        for (int i = 0; i < Captures; i++) captures[i] = Draw.Floats(total, seed: 40 + i);
        if (Blemished)
        {
            captures[1][Other + Width / 2] = float.NaN;
            captures[1][Other + Width - 1] = float.NegativeInfinity;
            captures[2][Other + Width / 3] = float.PositiveInfinity;       // later: not what is written down, unless the point was fine so far
            captures[2][2] = float.NegativeInfinity;
            captures[3][total - 1] = float.PositiveInfinity;
        }
        double[] before = [.. Enumerable.Range(0, 2 * total).Select(i => i % 7 - 3.25)];
        var (sums, norms, bad) = (stage.In(before, Shift), stage.In(new double[3]), stage.In(new ulong[3]));
        var places = stage.In(at);
        for (int i = 0; i < Captures; i++)
        {
            var call = new SumsCall { At = places, Sums = sums.Slice(i % 2 * total, total), Norms = norms, NotFinite = bad, Tag = i == 1 ? int.MaxValue : i + 1 };
            stage.Launcher.AddToSums(FromSteps
                ? call with { StepSums = stage.In(Spread(captures[i], at, i % StepRows), Shift), StepRows = StepRows, StepRow = i % StepRows, Steps = Steps }
                : call with { Row = stage.In(captures[i], Shift) });
        }
        ulong[] entries = stage.Read(bad);
        if (Blemished)
        {
            if (check) Assert.Equal([new(3, 2, float.NegativeInfinity), new(int.MaxValue, Other + Width / 2, Width == 1 ? float.NegativeInfinity : float.NaN), new NotFiniteValue(4, total - 1, float.PositiveInfinity)], entries.Select(x => NotFiniteValue.Read(x)!.Value));
            return;                                          // NaN's bits are a device's own
        }
        double[] actualSums = stage.Read(sums), actualNorms = stage.Read(norms);
        if (!check) return;
        Assert.All(entries, entry => Assert.Null(NotFiniteValue.Read(entry)));
        var expectedNorms = new double[3];
        for (int i = 0; i < Captures; i++)
        {
            float[] x = FromSteps ? Array.ConvertAll(captures[i], value => (float)((double)value * Steps / Steps)) : captures[i];
            for (int c = 0; c < total; c++) before[i % 2 * total + c] += x[c];
            for (int p = 0; p < 3; p++) expectedNorms[p] += Math.Sqrt(x[at[p]..at[p + 1]].Sum(value => (double)value * value));
        }
        Assert.Equal(before, actualSums);
        Near.EqualToScale(expectedNorms, actualNorms, Tolerance.Float64Sums, $"{this}, norms");
    }

    /// <summary>Step sums of which row number <paramref name="row"/> has the capture as its mean.</summary>
    static double[] Spread(float[] capture, int[] at, int row)
    {
        var steps = new double[StepRows * capture.Length];
        for (int p = 0; p + 1 < at.Length; p++)
        {
            int width = at[p + 1] - at[p];
            for (int r = 0; r < StepRows; r++)
                for (int c = 0; c < width; c++) steps[StepRows * at[p] + r * width + c] = r == row ? (double)capture[at[p] + c] * Steps : 1e6;
        }
        return steps;
    }
}

/// <summary>
/// Questions contrasted from sums that lie inside wider rows. Number q is mixed; but every fifth from 1 has equal means, every seventh from 2 has no correct
/// row, every eleventh from 3 holds NaN, and every ninth from 4 differs by less than 1e-8. The reference is SoftScale in Core.
/// </summary>
sealed record ContrastSumsCase(SoftScaling Scaling, int Questions, int Width, int Stride, int Shift) : KernelCase
{
    const int Sums = 8, Nan = 6, Tiny = 7, Zero = 5;
    public override int Width { get; init; } = Width;

    protected override void Run(Stage stage, bool check)
    {
        double[] values = [.. Draw.Floats((Sums - 1) * Stride + Width, seed: 50 + Questions).Select(x => x * 3.7)];
        values.AsSpan(Zero * Stride, Width).Clear();
        values.AsSpan(Tiny * Stride, Width).Clear();
        values[Tiny * Stride + Width / 2] = 0.9e-8;
        values[Nan * Stride + Width - 1] = Questions % 2 == 0 ? double.NaN : double.NegativeInfinity;
        (int Sum, int Count)[] correct = [.. Enumerable.Range(0, Questions).Select(q => Side(q, right: true))], incorrect = [.. Enumerable.Range(0, Questions).Select(q => Side(q, right: false))];
        double[] weights = [.. Enumerable.Range(0, Questions).Select(q => q % 3 == 0 ? 0.5 : 1)];
        int pitch = ContrastCall.Pitch(Width);
        var call = new ContrastSumsCall
        {
            Sums = stage.In(values, Shift), Stride = Stride, Width = Width, Weights = stage.In(weights), Scaling = Scaling,
            Correct = stage.In(Array.ConvertAll(correct, x => x.Sum)), CorrectCounts = stage.In(Array.ConvertAll(correct, x => x.Count)),
            Incorrect = stage.In(Array.ConvertAll(incorrect, x => x.Sum)), IncorrectCounts = stage.In(Array.ConvertAll(incorrect, x => x.Count)),
            Differences = stage.Out<double>(Questions * pitch), Votes = stage.Out<double>(Questions), Sizes = stage.Out<double>(Questions), States = stage.Out<int>(Questions),
        };
        stage.Launcher.ContrastSums(call);
        int[] states = stage.Read(call.States);
        double[] votes = stage.Read(call.Votes);
        stage.Read(call.Sizes);
        for (int q = 0; q < Questions; q++)
        {
            if (Kind(q) == 3) continue;                      // NaN's bits are a device's own
            double[] d = stage.Read(call.Differences.Slice(q * pitch, pitch));
            if (!check) continue;
            var scaled = new double[Width];
            var state = ContrastState.OneSided;
            if (correct[q].Count > 0 && incorrect[q].Count > 0)
            {
                for (int c = 0; c < Width; c++) scaled[c] = values[correct[q].Sum * Stride + c] / correct[q].Count - values[incorrect[q].Sum * Stride + c] / incorrect[q].Count;
                state = SoftScale.Apply(scaled, Scaling) ? ContrastState.Votes : ContrastState.Degenerate;
            }
            Assert.True((int)state == states[q], $"{this}, question {q}: {(ContrastState)states[q]}, expected {state}");
            Assert.All(d[Width..], x => Assert.Equal(0, x));
            if (state == ContrastState.Votes) Near.EqualToScale([.. scaled.Select(x => weights[q] * x)], [.. d[..Width].Select(x => votes[q] * x)], Tolerance.Float64Sums, $"{this}, question {q}");
            else Assert.Equal(0, votes[q]);
        }
        if (check) Assert.All(Enumerable.Range(0, Questions).Where(q => Kind(q) == 3), q => Assert.Equal((2, 0.0), (states[q], votes[q])));
    }

    static int Kind(int q) => q % 5 == 1 ? 1 : q % 7 == 2 ? 2 : q % 11 == 3 ? 3 : q % 9 == 4 ? 4 : 0;

    static (int Sum, int Count) Side(int q, bool right) => Kind(q) switch
    {
        1 => (q % Zero, 2),
        2 => (q % Zero, right ? 0 : 3),
        3 => (right ? Nan : 2, 1),
        4 => (right ? Tiny : Zero, 1),
        _ => right ? (q % Zero, 1 + q % 5) : ((q * 3 + 1) % Zero, 2 + q % 6),
    };
}
