using Roast.Onnx;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Gguf;

/// <summary>The random-weight models of each architecture, as GGUF files, against the goldens of their Hugging Face folders.</summary>
public class TinyGgufTests
{
    [Theory]
    [InlineData("llama-tied")]
    [InlineData("llama3-rope")]
    [InlineData("qwen2")]
    [InlineData("qwen3-tied")]
    [InlineData("qwen3-untied")]
    public async Task A_model_of_every_architecture_computes_from_a_gguf_file_what_the_reference_computes_from_the_folder(string name)
    {
        using var tiny = new TinyModel(name);
        using var file = new TinyGguf(name);
        using var model = SteerableModel.Open(file.Path);
        Assert.Equal(tiny.Model.Shape with { EndTokenIds = [], Rotation = model.Shape.Rotation, NormEpsilon = model.Shape.NormEpsilon }, model.Shape with { EndTokenIds = [] });
        Assert.Equal(tiny.Model.Shape.Rotation.OriginalMaxPositions, model.Shape.Rotation.OriginalMaxPositions);
        var points = PointPattern.Everything.Resolve(model.Shape.Layers);
        foreach (string prompt in TinyModel.Prompts)
        {
            var read = await model.ReadActivationsAsync(tiny.Prompt(prompt), points, logits: true);
            Near.Equal(tiny.Golden[$"{prompt}.logits"], read.Logits, tiny.MaxDifference, $"{prompt}.logits");
            foreach (var point in points)
            {
                string golden = point.Site == Site.ResidPost ? $"{prompt}.resid.{point.Layer + 1}" : $"{prompt}.{point}";
                Near.Equal(tiny.Golden[golden], read.Values[point], tiny.MaxDifference, golden);
            }
        }
        Assert.Equal(["tiny.gguf"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file.Path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Two_openings_of_a_file_have_one_fingerprint_and_a_summary_counts_its_weights()
    {
        using var file = new TinyGguf("qwen3-tied");
        using var model = SteerableModel.Open(file.Path);
        using var again = SteerableModel.Open(file.Path);
        Assert.Equal(model.Identity, again.Identity);
        Assert.StartsWith("sha256:", model.Identity.WeightsFingerprint);
        var summary = ModelSummary.Read(model.FullPath);
        Assert.Equal(summary.Parameters * 4, summary.WeightBytes);
        Assert.True(summary.Parameters > 10_000, $"{summary.Parameters} parameters");
    }

    [Fact]
    public void A_file_that_was_cut_after_it_was_opened_is_an_error_and_another_try_is_no_crash()
    {
        using var file = new TinyGguf("qwen3-tied");
        using var model = SteerableModel.Open(file.Path);
        using (var stream = new FileStream(file.Path, FileMode.Open)) stream.SetLength(stream.Length / 2);
        for (int i = 0; i < 2; i++)
        {
            var e = Assert.Throws<AggregateException>(() => model.ReadActivationsAsync([1, 2], [], logits: true).Wait(TestContext.Current.CancellationToken));
            Assert.Equal(RoastError.BadFile, Assert.IsType<RoastException>(e.InnerException).Kind);
        }
    }

    [Fact]
    public void A_missing_tensor_is_named_in_the_words_of_the_file()
    {
        using var file = new TinyGguf("qwen3-tied", leaveOut: "model.layers.1.mlp.up_proj.weight");
        var e = Assert.Throws<RoastException>(() => SteerableModel.Open(file.Path));
        Assert.Equal(RoastError.BadFile, e.Kind);
        Assert.Contains("'blk.1.ffn_up.weight' is missing", e.Message);
    }
}
