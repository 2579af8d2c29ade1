using Roast.Contrast;
using Roast.Onnx;
using Roast.Onnx.Fit;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Rows;

/// <summary>What is captured while rolling out is what a second pass over the finished sequence would read.</summary>
public class CaptureTests(TwoAnnotators reference)
{
    public static TheoryData<Pool, int> PoolsAndLimits
    {
        get
        {
            var data = new TheoryData<Pool, int>();
            // 2: every answer is cut; 4: the four-digit ones are; 8: none is.
            foreach (var pool in Enum.GetValues<Pool>()) foreach (int limit in (int[])[1, 2, 4, 8]) data.Add(pool, limit);
            return data;
        }
    }

    [Theory, MemberData(nameof(PoolsAndLimits))]
    public void Capturing_while_rolling_out_equals_reading_the_finished_sequence(Pool pool, int maxTokens)
    {
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        var requests = Requests(maxTokens, pool);
        var results = Run(requests, points);
        using var reader = new AnswerReader(reference.Model, points, [pool]);
        for (int i = 0; i < requests.Count; i++)
            Near.EqualToScale(reader.Read(requests[i].Prompt, results[i].Tokens, TestContext.Current.CancellationToken)[0], results[i].Activations[0], Tolerance.OtherBatchShape, $"row {i}, {pool}, {results[i].Stop}");
        Assert.Contains(results, result => result.Stop == (maxTokens == 8 ? StopReason.EndToken : StopReason.MaxTokens));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4), InlineData(8)]
    public void All_pools_at_once_capture_what_each_captures_alone(int maxTokens)
    {
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        Pool[] pools = [Pool.MeanContent, Pool.Last, Pool.Mean, Pool.LastContent];
        var together = Run(Requests(maxTokens, pools), points);
        for (int p = 0; p < pools.Length; p++)
        {
            var alone = Run(Requests(maxTokens, pools[p]), points);
            for (int i = 0; i < alone.Length; i++)
            {
                Assert.Equal(alone[i].Tokens, together[i].Tokens);
                Near.EqualToScale(alone[i].Activations[0], together[i].Activations[p], Tolerance.OtherBatchShape, $"row {i}, {pools[p]}, {alone[i].Stop}");
            }
        }
    }

    List<RowRequest> Requests(int maxTokens, params Pool[] pools) => [.. TwoAnnotators.Problems("train").Questions.Take(10).SelectMany((question, q) => Enumerable.Range(0, 3).Select(i => new RowRequest
    {
        Prompt = reference.Model.EncodePrompt(question.Prompt),
        Sampler = SamplerOptions.Rollouts,
        Seed = new RowSeed(7, (uint)q, (uint)i),
        MaxTokens = maxTokens,
        EndTokens = reference.Model.EndTokenArray,
        Capture = pools,
    }))];

    RowResult[] Run(List<RowRequest> requests, IReadOnlyList<Point> points)
    {
        var results = new RowResult[requests.Count];
        reference.Model.Rows.Run(requests, points, (i, result) => results[i] = result, TestContext.Current.CancellationToken);
        return results;
    }

    [Fact]
    public void Capturing_changes_no_token()
    {
        var request = new RowRequest { Prompt = reference.Model.EncodePrompt("457+385="), MaxTokens = 8, EndTokens = reference.Model.EndTokenArray };
        var points = PointPattern.Everything.Resolve(reference.Model.Shape.Layers);
        var tokens = new List<int[]>();
        reference.Model.Rows.Run([request], [], (_, result) => tokens.Add(result.Tokens), TestContext.Current.CancellationToken);
        reference.Model.Rows.Run([request with { Capture = [Pool.Last] }], points, (_, result) => tokens.Add(result.Tokens), TestContext.Current.CancellationToken);
        Assert.Equal(tokens[0], tokens[1]);
    }
}
