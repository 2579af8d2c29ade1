using System.Runtime.InteropServices;
using Roast.Contrast;
using Roast.Cuda;
using Roast.Cuda.Twins;
using Roast.Tests.Kernels.Cases;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>The whole way from rows to a vector.</summary>
public class DeviceContrastTests
{
    const int Rows = 40, Width = 96;

    public static TheoryData<SoftScaling> Scalings => [.. Enum.GetValues<SoftScaling>()];

    [Theory, MemberData(nameof(Scalings))]
    public void Batches_on_a_launcher_give_the_vector_of_the_statistics_in_core(SoftScaling scaling)
    {
        float[] values = Draw.Floats(Rows * Width, seed: 20);
        var statistics = new ContrastStatistics(new ActivationLayout([Point.Parse("resid_post.3")], _ => Width));
        var questions = new List<QuestionRows>();
        for (int q = 0; q < 13; q++)
        {
            int[] correct = [.. Enumerable.Range(0, Rows).Where(r => (r + q) % 7 == 0)], incorrect = q == 5 ? [] : [.. Enumerable.Range(0, Rows).Where(r => (r + q) % 5 == 1)];
            questions.Add(new QuestionRows(correct, incorrect));
            foreach (int r in correct) statistics.AddRollout($"q{q:D2}", $"{r}", true, values.AsSpan(r * Width, Width));
            foreach (int r in incorrect) statistics.AddRollout($"q{q:D2}", $"{r}", false, values.AsSpan(r * Width, Width));
        }
        using var launcher = new TwinLauncher();
        using var rows = Buffer(launcher, values);
        using var contrast = new DeviceContrast(launcher, Width, scaling);
        var view = new ActivationView(rows, ElementType.Float32, Rows, Width);
        contrast.Add(view, CollectionsMarshal.AsSpan(questions)[..4]);
        var states = contrast.Add(view, CollectionsMarshal.AsSpan(questions)[4..]);
        Assert.Equal(ContrastState.OneSided, states[1]);
        Assert.Equal((12.0, 12, 1), (contrast.TotalWeight, contrast.Counts[ContrastState.Votes], contrast.Counts[ContrastState.OneSided]));
        Near.EqualToScale(statistics.Solve(scaling).Vector(Point.Parse("resid_post.3")).ToArray(), Array.ConvertAll(contrast.ToVector(), x => (double)x), Tolerance.RoundedToFloat32);
    }

    [Fact]
    public void Activations_that_are_not_finite_are_an_error_that_names_the_question_and_adds_nothing()
    {
        float[] values = Draw.Floats(Rows * Width, seed: 21);
        values[3 * Width + 5] = float.NaN;
        using var launcher = new TwinLauncher();
        using var rows = Buffer(launcher, values);
        using var contrast = new DeviceContrast(launcher, Width);
        var view = new ActivationView(rows, ElementType.Float32, Rows, Width);
        var e = Assert.Throws<RoastException>(() => contrast.Add(view, [new(new[] { 0 }, new[] { 1 }), new(new[] { 2, 3 }, new[] { 4 })]));
        Assert.Equal(RoastError.NotFinite, e.Kind);
        Assert.Contains("Question 1 of a batch of 2", e.Message);
        Assert.Equal(0, contrast.TotalWeight);
        Assert.Equal(RoastError.NoContrast, Assert.Throws<RoastException>(() => contrast.ToVector()).Kind);
    }

    [Fact]
    public void Rows_that_are_not_there_and_other_widths_are_refused()
    {
        using var launcher = new TwinLauncher();
        using var rows = launcher.Allocate(4 * Width * sizeof(float));
        using var contrast = new DeviceContrast(launcher, Width);
        var view = new ActivationView(rows, ElementType.Float32, 4, Width);
        Assert.Contains("names row 4; there are 4", Assert.Throws<ArgumentException>(() => contrast.Add(view, [new(new[] { 4 }, new[] { 1 })])).Message);
        Assert.Contains("weighs -1", Assert.Throws<ArgumentException>(() => contrast.Add(view, [new(new[] { 0 }, new[] { 1 }, -1)])).Message);
        Assert.Contains("width 48", Assert.Throws<ArgumentException>(() => contrast.Add(new ActivationView(rows, ElementType.Float32, 4, 48), [new(new[] { 0 }, new[] { 1 })])).Message);
        Assert.Throws<ArgumentException>(() => new ActivationView(rows, ElementType.Float32, 5, Width));
        Assert.Throws<ArgumentException>(() => new ActivationView(rows, ElementType.Float32, 2, Width, stride: Width - 1));
        Assert.Throws<ArgumentException>(() => new ActivationView(rows, ElementType.Float32, 4, Width, start: 1));
        Assert.Throws<ArgumentException>(() => launcher.Norms(view, rows.As<double>().Slice(0, 3)));
        Assert.Throws<ArgumentException>(() => launcher.PoolLast(view, rows.As<int>().Slice(0, 2), rows.As<float>().Slice(0, Width)));
    }

    static DeviceBuffer Buffer(TwinLauncher launcher, float[] values)
    {
        var buffer = launcher.Allocate(values.Length * sizeof(float));
        launcher.Upload<float>(buffer.As<float>(), values);
        return buffer;
    }
}
