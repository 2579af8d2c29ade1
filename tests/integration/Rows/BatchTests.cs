using CsCheck;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tests.Integration.DefaultModel;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Rows;

/// <summary>A row's answer does not depend on what runs beside it.</summary>
public class BatchTests(TwoAnnotators reference)
{
    const int Requests = 64;

    static readonly string[] Points = ["mlp_act.*,attn_out.*", "resid_post.1", "attn_out.last", "resid_post.*", "mlp_out.2"];

    [Fact]
    public void Sixty_four_rows_in_random_orders_and_batch_sizes_answer_as_they_do_alone()
    {
        var requests = MakeRequests();
        var alone = new int[Requests][];
        for (int i = 0; i < Requests; i++) reference.Model.Rows.Run([requests[i]], [], (_, result) => alone[i] = result.Tokens, TestContext.Current.CancellationToken);

        Gen.Select(Gen.Shuffle(Enumerable.Range(0, Requests).ToArray()), Gen.Int[1, 40]).Sample((order, rows) =>
        {
            using var model = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { MaxRows = rows });
            var together = new int[Requests][];
            model.Rows.Run([.. order.Select(i => requests[i])], [], (i, result) => together[order[i]] = result.Tokens, TestContext.Current.CancellationToken);
            return Enumerable.Range(0, Requests).All(i => alone[i].SequenceEqual(together[i]));
        }, iter: 12);
    }

    [Fact]
    public void The_first_logits_of_a_row_in_a_batch_are_close_to_those_of_the_row_alone()
    {
        var requests = MakeRequests();
        float[][] First(IReadOnlyList<RowRequest> some)
        {
            var first = new float[some.Count][];
            reference.Model.Rows.Run([.. some.Select((request, i) => request with { OnLogits = (step, logits) => { if (step == 0) first[i] = logits.ToArray(); } })], [], (_, _) => { }, TestContext.Current.CancellationToken);
            return first;
        }
        var together = First(requests);
        for (int i = 0; i < Requests; i++) Near.EqualToScale(First([requests[i]])[0], together[i], Tolerance.OtherBatchShape, $"row {i}");
    }

    [Fact]
    public void A_strength_of_zero_in_either_form_gives_the_bits_of_no_steering()
    {
        var prompt = reference.Model.EncodePrompt("457+385=");
        var vector = reference.Vector("max_norm", "mlp_act.*,attn_out.*,resid_post.*,mlp_out.*");
        float[] Logits(params Steering?[] rows)
        {
            float[] first = [];
            reference.Model.Rows.Run([.. rows.Select((steering, i) => new RowRequest
            {
                Prompt = prompt,
                Steering = steering,
                MaxTokens = 1,
                OnLogits = (_, logits) => { if (i == 0) first = logits.ToArray(); },
            })], [], (_, _) => { }, TestContext.Current.CancellationToken);
            return first;
        }
        Near.SameBits(Logits([null]), Logits(vector.At(0f)), "shared port");
        // The second row makes the ports per row; its twin without steering has the same batch shape.
        Near.SameBits(Logits(null, null), Logits(vector.At(0f), vector.At(1f)), "per-row port");
    }

    List<RowRequest> MakeRequests()
    {
        var random = new Random(11);
        var questions = TwoAnnotators.Problems("dev").Questions;
        return [.. Enumerable.Range(0, Requests).Select(i => new RowRequest
        {
            Prompt = reference.Model.EncodePrompt(questions[random.Next(12)].Prompt + new string('1', random.Next(3))),
            Steering = random.Next(4) == 0 ? null : reference.Vector("max_norm", Points[random.Next(Points.Length)]).At(random.Next(-4, 5) / 4f, (Scope)random.Next(4)),
            Sampler = random.Next(3) == 0 ? SamplerOptions.Greedy : SamplerOptions.Rollouts with { TopK = random.Next(2) == 0 ? null : 5 },
            Seed = new RowSeed(3, (uint)i, 0),
            MaxTokens = random.Next(1, 12),
            EndTokens = random.Next(5) == 0 ? [] : reference.Model.EndTokenArray,
        })];
    }
}
