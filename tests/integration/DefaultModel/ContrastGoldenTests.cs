using Roast.Contrast;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.DefaultModel;

public class ContrastGoldenTests(TwoAnnotators reference)
{
    public static TheoryData<string> Scalings => new("max_norm", "l2_norm", "softmax", "none");

    [Theory, MemberData(nameof(Scalings))]
    public async Task From_the_fixed_rollouts_every_contrast_and_vector_equals_the_reference(string scaling)
    {
        Assert.True(SoftScalings.TryParse(scaling, out var form));
        var fit = await FitAsync(new RoastOptions { Points = PointPattern.Everything, Scaling = form });
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        int[] mixed = reference.Golden.Int32s("mixed_questions");

        Assert.Equal(16, points.Count);
        Assert.Equal(89, mixed.Length);
        Assert.Equal(mixed.Length, fit.Solution.Counts.Mixed);
        foreach (var point in points)
        {
            int width = reference.Model.Shape.Width(point.Site);
            float[] deltas = reference.Golden[$"delta.{TwoAnnotators.NameOf(point)}"];
            for (int i = 0; i < mixed.Length; i++)
            {
                int used = fit.Solution.Used.ToList().IndexOf($"train-{mixed[i]:0000}");
                double[] expected = Array.ConvertAll(deltas.AsSpan(i * width, width).ToArray(), x => (double)x);
                Near.EqualToScale(expected, fit.Solution.Contrast(point, used).Span, Tolerance.ContrastAgainstPyTorch, $"contrast of question {mixed[i]} at {point}");
            }
        }
    }

    [Theory, MemberData(nameof(Scalings))]
    public async Task From_the_mixed_questions_alone_every_vector_equals_the_reference(string scaling)
    {
        // The reference leaves out questions without a correct rollout; re-read weight 0 gives them no vote.
        Assert.True(SoftScalings.TryParse(scaling, out var form));
        var rollouts = RolloutFile.Read(Path.Combine(Repository.DefaultModel, "rollouts.jsonl"));
        var mixed = rollouts.GroupBy(x => x.QuestionId).Where(x => x.Any(r => r.IsCorrect) && x.Any(r => !r.IsCorrect)).SelectMany(x => x).ToList();
        var fit = await Roaster.FitFromRolloutsAsync(reference.Model, Only(mixed), mixed, new RoastOptions { Points = PointPattern.Everything, Scaling = form });

        int compared = 0;
        foreach (var point in fit.Vector.Points)
        {
            Near.EqualToScale(reference.Golden[$"vector.{scaling}.{TwoAnnotators.NameOf(point)}"], fit.Vector[point].Span, Tolerance.ContrastAgainstPyTorch, $"{scaling} vector at {point}");
            compared++;
        }
        Assert.Equal(16, compared);
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

    Task<FitResult> FitAsync(RoastOptions options) => Roaster.FitFromRolloutsAsync(reference.Model, TwoAnnotators.Problems("train"),
        RolloutFile.Read(Path.Combine(Repository.DefaultModel, "rollouts.jsonl")), options);

    static Roast.Tasks.RoastTask Only(List<Rollout> rollouts)
    {
        var task = TwoAnnotators.Problems("train");
        var ids = rollouts.Select(x => x.QuestionId).ToHashSet();
        return new(task.Name, [.. task.Questions.Where(x => ids.Contains(x.Id))], task.Verifier);
    }
}
