using Roast.Tests.Unit.Formats;
using Xunit;

namespace Roast.Tests.Unit.SteeringTests;

public class CheckFitsTests
{
    static readonly ModelIdentity Model = VectorFile.Full.Provenance.Model!;

    [Fact]
    public void The_model_it_was_fitted_on_gives_no_warning() => Assert.Empty(VectorFile.Full.CheckFits(Model));

    [Fact]
    public void A_layer_that_the_model_lacks_is_refused_with_point_and_layers()
    {
        var e = Assert.Throws<RoastException>(() => VectorFile.Full.CheckFits(Model with { Layers = 3 }));
        Assert.Equal(RoastError.VectorDoesNotFit, e.Kind);
        Assert.Contains("resid_post.3", e.Message);
        Assert.Contains("has 3 layers: expected layers 0 to 2", e.Message);
    }

    [Fact]
    public void Another_width_is_refused_with_point_found_and_expected()
    {
        var e = Assert.Throws<RoastException>(() => VectorFile.Full.CheckFits(Model with { IntermediateSize = 256 }));
        Assert.Equal(RoastError.VectorDoesNotFit, e.Kind);
        Assert.Contains("width 2 at mlp_act.0; expected 256", e.Message);
    }

    [Fact]
    public void Other_weights_another_tokenizer_and_another_family_are_a_warning_each()
    {
        var warnings = VectorFile.Full.CheckFits(Model with { Family = "llama", WeightsFingerprint = "sha256:00", TokenizerHash = null });
        Assert.Equal(3, warnings.Count);
        Assert.Contains("another family: qwen3, this one has llama", warnings[0]);
        Assert.Contains("other weights: sha256:ab, this one has sha256:00", warnings[1]);
        Assert.Contains("tokenizer of this model is not known", warnings[2]);
    }

    [Fact]
    public void A_vector_without_a_story_is_a_warning()
    {
        string warning = Assert.Single(VectorFile.Full.With(VectorProvenance.Unknown).CheckFits(Model));
        Assert.Contains("does not say which model", warning);
    }

    [Fact]
    public void A_model_with_more_layers_is_a_warning_although_the_points_exist()
    {
        string warning = Assert.Single(VectorFile.Full.CheckFits(Model with { Layers = Model.Layers + 1 }));
        Assert.Contains("4 layers, this one has 5", warning);
    }

    [Fact]
    public void The_hint_of_a_control_vector_is_shown_beside_the_models_family()
    {
        var vector = VectorFile.Full.With(new VectorProvenance { Extra = new Dictionary<string, string> { ["imported.model_hint"] = "mistral" } });
        Assert.Contains("hints at 'mistral', this one is qwen3", Assert.Single(vector.CheckFits(Model)));
    }
}
