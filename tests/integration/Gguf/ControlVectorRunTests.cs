using Roast.Formats;
using Roast.Onnx.Rows;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Gguf;

/// <summary>A control vector steers as llama.cpp does: added at the block's output, at every position.</summary>
[Collection(nameof(SmolLm2))]
public class ControlVectorRunTests(SmolLm2 smol)
{
    [Fact]
    public void A_golden_vector_written_as_a_control_vector_and_read_again_gives_the_references_tokens()
    {
        var cases = smol.Cases.Where(one => one.Steering.Scope == Scope.All && one.Steering.Vector.Points.All(point => point.Site == Site.ResidPost)).ToArray();
        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var own = new MemoryStream();
            VectorFormats.Named("llama.cpp").Write(own, one.Steering.Vector, new());
            Check(one, Read(own.ToArray(), one.Steering.Vector).At(one.Steering.Strength, Scope.All));

            // Bare directions, as another program writes them: the scope comes from the format, nothing from Roast's provenance.
            var bare = new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "llama").Key("controlvector.layer_count", 30u);
            foreach (var point in one.Steering.Vector.Points) bare.Tensor($"direction.{point.Layer}", [one.Steering.Vector[point].Length], one.Steering.Vector[point].ToArray());
            var steering = Read(bare.ToBytes(), one.Steering.Vector).Recommended(one.Steering.Strength);
            Assert.Equal(Scope.All, steering.Scope);
            Check(one, steering);
        }
    }

    static SteeringVector Read(byte[] bytes, SteeringVector expected)
    {
        var read = VectorFormats.Read(new MemoryStream(bytes), "control.gguf");
        Assert.Equal("llama.cpp", read.Format);
        Assert.Equal(expected.Points, read.Vector.Points);
        foreach (var point in expected.Points) Near.SameBits(expected[point].Span, read.Vector[point].Span, point.ToString());
        return read.Vector;
    }

    void Check(GoldenCase one, Steering steering)
    {
        var results = new RowResult[one.Runs.Count];
        var requests = one.Runs.Select(run => new RowRequest
        {
            Prompt = smol.Prompts[run.Prompt].Ids,
            Steering = steering,
            MaxTokens = run.Greedy.Ids.Length,
            OnLogits = (step, logits) => { if (step == 0) Near.Equal(smol.Golden[$"case{one.Number}.{run.Prompt}.logits"], logits.ToArray(), Tolerance.SmolLm2, "first logits"); },
        });
        smol.Model.Rows.Run([.. requests], [], (row, result) => results[row] = result, TestContext.Current.CancellationToken);
        for (int i = 0; i < results.Length; i++) one.Runs[i].Greedy.AssertEqual(results[i].Tokens, $"case {one.Number}, prompt {one.Runs[i].Prompt}");
    }
}
