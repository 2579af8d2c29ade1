using Roast.Onnx;
using Xunit;

namespace Roast.Tests.Integration.Model;

/// <summary>A vector and the model it is used on: what does not fit is refused, what is another model's is said.</summary>
public sealed class BindingTests : IDisposable
{
    readonly SteerableModel _model = SteerableModel.Open(TestSupport.Repository.DefaultModel);

    SteeringVector Vector(VectorProvenance story, int layer = 3, int width = 96) => new([KeyValuePair.Create(new Point(Site.AttnOut, layer), new float[width])], story);

    VectorProvenance Own => new() { Method = "roast", Model = _model.Identity };

    [Fact]
    public void The_model_of_the_vector_gives_no_warning() => Assert.Empty(_model.Check(Vector(Own)));

    [Fact]
    public void Other_weights_are_a_warning_that_shows_both_fingerprints()
    {
        string warning = Assert.Single(_model.Check(Vector(Own with { Model = _model.Identity with { WeightsFingerprint = "sha256:00" } })));
        Assert.Contains("sha256:00", warning);
        Assert.Contains(_model.Identity.WeightsFingerprint!, warning);
    }

    [Fact]
    public void Another_tokenizer_is_a_warning_of_its_own() =>
        Assert.Contains("another tokenizer", Assert.Single(_model.Check(Vector(Own with { Model = _model.Identity with { TokenizerHash = "00" } }))));

    [Fact]
    public void A_copy_of_the_model_is_the_same_model()
    {
        using var copy = new CopiedModel();
        using var opened = SteerableModel.Open(copy.Folder);
        Assert.Empty(opened.Check(Vector(Own)));
        File.AppendAllText(Path.Combine(copy.Folder, "tokenizer.json"), "\n");
        using var changed = SteerableModel.Open(copy.Folder);
        Assert.Contains("another tokenizer", Assert.Single(changed.Check(Vector(Own))));
    }

    [Theory, InlineData(4, 96), InlineData(3, 95)]
    public async Task Layers_and_widths_that_the_model_lacks_are_refused_by_the_check_and_by_the_run(int layer, int width)
    {
        var vector = Vector(VectorProvenance.Unknown, layer, width);
        Assert.Equal(RoastError.VectorDoesNotFit, Assert.Throws<RoastException>(() => _model.Check(vector)).Kind);
        var run = await Assert.ThrowsAsync<RoastException>(() => _model.CompleteAsync([273, 258, 198], new() { Steering = vector.At(1), MaxTokens = 1 }, TestContext.Current.CancellationToken));
        Assert.Equal(RoastError.VectorDoesNotFit, run.Kind);
    }

    public void Dispose() => _model.Dispose();

    sealed class CopiedModel : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("roast-copy-").FullName;

        public CopiedModel()
        {
            foreach (string name in (string[])["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"])
                File.Copy(Path.Combine(TestSupport.Repository.DefaultModel, name), Path.Combine(Folder, name));
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
