using Roast.Contrast;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.DefaultModel;

public class ContrastGoldenTests(TwoAnnotators reference)
{
    const int MixedQuestions = 89, AllPoints = 16;

    public static TheoryData<SoftScaling> Scalings => new(Enum.GetValues<SoftScaling>());

    [Fact]
    public async Task From_the_fixed_rollouts_every_contrast_equals_the_reference()
    {
        var fit = await FitAsync(SoftScaling.None);
        int[] mixed = reference.Golden.Int32s("mixed_questions");

        Assert.Equal(MixedQuestions, fit.Solution.Counts.Mixed);
        Assert.Equal(mixed.Select(Id), fit.Solution.Used);
        Assert.Equal(AllPoints, fit.Solution.Layout.Points.Count);
        foreach (var point in fit.Solution.Layout.Points)
            for (int i = 0; i < mixed.Length; i++)
            {
                double[] expected = Delta(point, i);
                double bound = Tolerance.ContrastAgainstPyTorch * Largest(expected) + Noise(fit, point);
                Near.Within(Enumerable.Repeat(bound, expected.Length).ToArray(), expected, fit.Solution.Contrast(point, i).Span, $"contrast of {Id(mixed[i])} at {point}");
            }
    }

    [Theory, MemberData(nameof(Scalings))]
    public async Task From_the_fixed_rollouts_every_vector_equals_the_reference(SoftScaling scaling)
    {
        var fit = await FitAsync(scaling);
        Assert.Equal(AllPoints, fit.Vector.Points.Count);
        foreach (var point in fit.Vector.Points)
        {
            double[] expected = Array.ConvertAll(reference.Golden[$"vector.{scaling.Name()}.{TwoAnnotators.NameOf(point)}"], x => (double)x);
            var noise = VectorNoise(scaling, point, Noise(fit, point));
            double[] bounds = Array.ConvertAll(noise, x => Tolerance.ContrastAgainstPyTorch * Largest(expected) + x);
            Near.Within(bounds, expected, Array.ConvertAll(fit.Vector[point].ToArray(), x => (double)x), $"{scaling.Name()} vector at {point}");
        }
    }

    [Fact]
    public async Task The_last_token_activations_of_the_first_rollouts_equal_the_reference()
    {
        var rollouts = RolloutFile.Read(Path.Combine(Repository.DefaultModel, "rollouts.jsonl")).Take(16).ToList();
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        for (int i = 0; i < rollouts.Count; i++)
        {
            var read = await reference.Model.ReadActivationsAsync([.. rollouts[i].PromptIds, .. rollouts[i].Ids], points, lastOnly: true);
            foreach (var point in points)
            {
                int width = reference.Model.Shape.Width(point.Site);
                float[] expected = reference.Golden[$"last.{TwoAnnotators.NameOf(point)}"][(i * width)..((i + 1) * width)];
                Near.EqualToScale(expected, read.Values[point], Tolerance.ContrastAgainstPyTorch, $"rollout {i} at {point}");
            }
        }
    }

    /// <summary>The reference takes mixed questions only: re-read ones get no vote, and known wrong answers are left out.</summary>
    Task<FitResult> FitAsync(SoftScaling scaling)
    {
        var task = TwoAnnotators.Problems("train");
        return Roaster.FitFromRolloutsAsync(reference.Model, new(task.Name, [.. task.Questions.Select(x => x with { Wrong = null })], task.Verifier),
            RolloutFile.Read(Path.Combine(Repository.DefaultModel, "rollouts.jsonl")),
            new RoastOptions { Points = PointPattern.Everything, Scaling = scaling, RereadWeight = 0 });
    }

    /// <summary>[width] the reference's contrast of its mixed question number <paramref name="row"/>.</summary>
    double[] Delta(Point point, int row)
    {
        int width = reference.Model.Shape.Width(point.Site);
        return Array.ConvertAll(reference.Golden[$"delta.{TwoAnnotators.NameOf(point)}"][(row * width)..((row + 1) * width)], x => (double)x);
    }

    /// <summary>[width] how far the noise of the contrasts can move each element of the vector; see DESIGN 2.5 for the four forms.</summary>
    double[] VectorNoise(SoftScaling scaling, Point point, double noise)
    {
        var moved = new double[reference.Model.Shape.Width(point.Site)];
        for (int i = 0; i < MixedQuestions; i++)
        {
            double[] delta = Delta(point, i), softmax = Delta(point, i);
            SoftScale.Apply(softmax, SoftScaling.Softmax);
            double norm = Math.Sqrt(delta.Sum(x => x * x));
            for (int d = 0; d < moved.Length; d++)
                moved[d] += scaling switch
                {
                    SoftScaling.MaxNorm => 2 * noise / Largest(delta),                          // the element and the largest one move
                    SoftScaling.L2Norm => (1 + Math.Sqrt(moved.Length)) * noise / norm,
                    // Softmax keeps the sign of every element: where noise hides it, the element may vote either way.
                    SoftScaling.Softmax => 2 * noise * Math.Abs(softmax[d]) + (Math.Abs(delta[d]) <= noise ? 2 * Math.Abs(softmax[d]) : 0),
                    _ => noise,
                } / MixedQuestions;
        }
        return moved;
    }

    static double Noise(FitResult fit, Point point) => Tolerance.ActivationNoise * fit.Solution.MeanNorms[point];

    static double Largest(double[] values) => values.Max(Math.Abs);

    static string Id(int question) => $"train-{question:0000}";
}
