using System.Text;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

/// <summary>What a format cannot say is an error or a note, never a silent loss.</summary>
public class GuardTests
{
    static SteeringVector At(params string[] points) => new(points.Select(point => KeyValuePair.Create(Point.Parse(point), new float[] { 1, 2 })));

    static string Refused(string format, SteeringVector vector)
    {
        var e = Assert.Throws<RoastException>(() => MadeVectors.Write(format, vector));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        return e.Message;
    }

    [Theory, InlineData("llama.cpp"), InlineData("easysteer")]
    public void A_control_vector_takes_block_outputs_only(string format) => Assert.Contains("attn_out.2", Refused(format, At("resid_post.1", "attn_out.2")));

    [Fact]
    public void Layer_0_exists_for_EasySteer_and_not_for_llama_cpp()
    {
        Assert.Contains("direction.0", Refused("llama.cpp", At("resid_post.0")));
        var (bytes, _) = MadeVectors.Write("easysteer", At("resid_post.0"));
        Assert.Equal(["resid_post.0"], MadeVectors.Read(bytes).Vector.Points.Select(point => point.ToString()));
    }

    [Theory, InlineData("ds4"), InlineData("npz")]
    public void A_format_that_is_only_read_says_so(string format)
    {
        Assert.False(VectorFormats.Named(format).CanWrite);
        Refused(format, At("resid_post.1"));
    }

    [Fact]
    public void Scope_strength_and_an_unknown_model_are_noted_where_the_target_has_no_place_for_them()
    {
        var notes = MadeVectors.Write("llama.cpp", MadeVectors.Residual).Notes;
        Assert.Contains(notes, note => note.Contains("scope generated") && note.Contains("scope all"));
        Assert.Contains(notes, note => note.Contains("relative"));
        Assert.Contains(notes, note => note.Contains("recommends resid_post.3 of its points"));
        Assert.Contains(MadeVectors.Write("llama.cpp", At("resid_post.1")).Notes, note => note.Contains("model"));
        Assert.DoesNotContain(MadeVectors.Write("roast", MadeVectors.Residual).Notes, _ => true);
    }

    static MadeGguf EasySteer(string component) => new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "m").Key("controlvector.layer_count", 1u)
        .Key("controlvector.easysteer", $$"""{"version":1,"component":{{component}},"metadata":null}""").Tensor("direction.7", [2], [3, 4]);

    [Fact]
    public void EasySteer_components_other_than_block_outputs_are_refused()
    {
        Assert.Equal("resid_post.7", MadeVectors.Read(EasySteer("\"hidden_states\"").ToBytes()).Vector.Points.Single().ToString());
        Assert.Contains(MadeVectors.Read(EasySteer("null").ToBytes()).Notes, note => note.Contains("component"));
        foreach (string component in (string[])["\"attention_heads\"", "\"router_logits\""])
            Assert.Equal(RoastError.Unsupported, Assert.Throws<RoastException>(() => MadeVectors.Read(EasySteer(component).ToBytes())).Kind);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => MadeVectors.Read(EasySteer("[]").ToBytes())).Kind);
    }

    [Theory, InlineData("resid_post.3\0"), InlineData("resid_post.03"), InlineData("resid_post.+3"), InlineData("resid_post. 3"), InlineData("resid_post.\u0663")]
    public void A_point_has_one_spelling(string name) => Assert.False(Point.TryParse(name, null, out _));

    [Theory, InlineData("direction.1\0"), InlineData("direction.01"), InlineData("direction.+1")]
    public void A_layer_has_one_spelling(string name) => Assert.Contains("no direction", Assert.Throws<RoastException>(() => MadeVectors.Read(
        new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "m").Key("controlvector.layer_count", 1u).Tensor(name, [1], [1]).ToBytes())).Message);

    [Fact]
    public void A_model_is_no_control_vector()
    {
        var e = Assert.Throws<RoastException>(() => MadeVectors.Read(new MadeGguf().Key("general.architecture", "llama").Tensor("t", [1], [1]).ToBytes()));
        Assert.Contains("'llama'", e.Message);
    }

    [Fact]
    public void Unit_norms_are_noted_because_they_say_nothing_about_how_far()
    {
        var unit = new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "m").Key("controlvector.layer_count", 1u).Tensor("direction.1", [2], [0.6f, 0.8f]);
        Assert.Contains(MadeVectors.Read(unit.ToBytes()).Notes, note => note.Contains("length 1"));
        Assert.DoesNotContain(MadeVectors.Read(EasySteer("null").ToBytes()).Notes, note => note.Contains("length 1"));
    }

    [Theory, InlineData("roast"), InlineData("llama.cpp"), InlineData("orbit")]
    public void An_offset_for_a_file_that_Roast_wrote_is_refused(string format)
    {
        var (bytes, _) = MadeVectors.Write(format, MadeVectors.Residual);
        Assert.Contains("offset", Assert.Throws<RoastException>(() => MadeVectors.Read(bytes, new VectorImportOptions { LayerOffset = -1 })).Message);
    }

    [Fact]
    public void Orbits_own_result_file_gives_its_scaling_weights_at_the_modules_points()
    {
        const string Json = """
            {"config": {"deep": [1, {"a": null}]}, "steering_vectors": {"stats": {}, "layer_indices": [0, 3],
              "diff_vectors": {"model.layers.0.mlp.act_fn": [9, 9], "model.layers.3.self_attn.o_proj": [9, 9, 9]},
              "scaling_weights": {"model.layers.0.mlp.act_fn": [0.5, -1.0], "model.layers.3.self_attn.o_proj": [0.10000000149011612, 0, 1]},
              "tensor_shapes": {"model.layers.0.mlp.act_fn": [2], "model.layers.3.self_attn.o_proj": [3]}, "tensor_dtypes": {},
              "aggregation_stats": {"sample_count": 40, "pair_count": 320}}}
            """;
        var read = MadeVectors.Read(Encoding.UTF8.GetBytes(Json));
        Assert.Equal(["mlp_act.0", "attn_out.3"], read.Vector.Points.Select(point => point.ToString()));
        Near.SameBits([0.1f, 0, 1], read.Vector[new Point(Site.AttnOut, 3)].Span);
        Assert.Equal(("320", Scope.Last), (read.Vector.Provenance.Extra["imported.pair_count"], read.Vector.Provenance.RecommendedScope));
    }

    [Theory]
    [InlineData("""{"scaling_weights": {"model.layers.0.attention": [1]}}""", "module"), InlineData("""{"scaling_weights": {"model.layers.0": [1e99]}}""", "range")]
    [InlineData("""{"scaling_weights": {"model.layers.0": []}}""", "no values"), InlineData("""{"scaling_weights": {"model.layers.0": [[1]]}}""", "another form")]
    [InlineData("""{"scaling_weights": {"model.layers.0": [1], "model.layers.0": [1]}}""", "twice"), InlineData("""{"scaling_weights": {"model.layers.0": [1]}, "tensor_shapes": {"model.layers.0": [2]}}""", "tensor_shapes")]
    [InlineData("""{"scaling_weights": {"model.layers.0": [1], "model.layers.1": [1, 2]}}""", "one width"), InlineData("""{"a": 1}""", "no scaling_weights"), InlineData("""{"scaling_weights": {"model.layers.0": [1]}} x""", "another form")]
    [InlineData("""{"scaling_weights": {"model.layers.0.mlp": [1], "model.layers.0.mlp.down_proj": [1]}}""", "two modules"), InlineData("""{"scaling_weights": {"model.layers.0": [NaN]}}""", "another form")]
    public void Damaged_or_foreign_json_is_refused_with_its_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<RoastException>(() => MadeVectors.Read(Encoding.UTF8.GetBytes(json))).Message);
}
