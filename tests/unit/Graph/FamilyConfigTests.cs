using System.Text;
using System.Text.Json.Nodes;
using Roast.Graph;
using Roast.Graph.Export;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

/// <summary>What the families read from config.json, beyond what all of them share (<see cref="HfConfigTests"/>).</summary>
public class FamilyConfigTests
{
    static readonly string[] TinyModels = ["qwen3-tied", "qwen3-untied", "qwen2", "llama3-rope", "llama-tied", "glm4", "gemma2", "gemma3"];

    public static TheoryData<string> Models => [.. TinyModels];

    [Theory, MemberData(nameof(Models))]
    public void Both_spellings_of_a_config_and_the_graphs_own_copy_give_one_shape(string model)
    {
        string folder = SharedData.Require("models", "tiny-random", model);
        var newer = HfConfig.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")), "config.json");
        AssertSame(newer, HfConfig.Parse(File.ReadAllBytes(Path.Combine(folder, "config.v4.json")), "config.v4.json"));
        AssertSame(newer, HfConfig.Parse(Encoding.UTF8.GetBytes(ShapeJson.Write(newer)), "metadata"));
    }

    [Fact]
    public void A_family_that_is_not_known_is_named_with_all_that_are()
    {
        var error = Refused("llama", ("model_type", "\"gpt_neo\""));
        Assert.Contains("'gpt_neo'", error.Message);
        foreach (string known in new[] { "qwen3", "qwen2", "llama", "mistral", "glm4", "gemma2", "gemma3_text" }) Assert.Contains(known, error.Message);
    }

    [Theory, InlineData("null", null), InlineData("64", null), InlineData("100", null), InlineData("16", 16), InlineData("1", 1)]
    public void A_window_of_mistral_holds_in_every_layer_where_it_is_shorter_than_the_context(string window, int? expected)
    {
        var shape = Read("mistral", ("sliding_window", window));
        Assert.Equal((expected, expected), (shape.Window(0), shape.Window(1)));
    }

    [Fact]
    public void A_window_of_qwen2_counts_only_where_it_is_in_use_and_is_then_refused()
    {
        Assert.Empty(Read("qwen2", ("use_sliding_window", "false"), ("sliding_window", "16")).Windows);
        Assert.Contains("use_sliding_window", Refused("qwen2", ("use_sliding_window", "true")).Message);
    }

    [Fact]
    public void Gemmas_layers_have_windows_by_type_by_pattern_or_by_default()
    {
        Assert.Equal([16, null], Read("gemma2").Windows);
        Assert.Equal([16, 16], Read("gemma3_text").Windows);
        Assert.Equal([16, null], Read("gemma3_text", ("sliding_window_pattern", "2")).Windows);
        Assert.Equal([null, 16], Read("gemma3_text", ("layer_types", """["full_attention","sliding_attention"]""")).Windows);
        Assert.Empty(Read("gemma2", ("layer_types", """["full_attention","full_attention"]"""), ("sliding_window", "null")).Windows);
    }

    [Fact]
    public void Gemmas_head_is_tied_unless_the_config_says_otherwise()
    {
        Assert.True(Read("gemma2", ("tie_word_embeddings", "null")).TiedHead);
        Assert.False(Read("llama", ("tie_word_embeddings", "null")).TiedHead);
    }

    [Fact]
    public void Gemma3s_windowed_layers_rotate_with_a_base_of_their_own_and_without_the_scaling()
    {
        var shape = Read("gemma3_text", ("rope_parameters", "null"), ("rope_theta", "1000000"), ("rope_local_base_freq", "10000"), ("rope_scaling", """{"type":"linear","factor":8}"""));
        Assert.Equal(new Rotation { Theta = 1e6, Scaling = RotationScaling.Linear, Factor = 8 }, shape.Rotation);
        Assert.Equal(new Rotation { Theta = 1e4 }, shape.LocalRotation);
        Assert.Contains("'rope_local_base_freq' is missing", Bad("gemma3_text", ("rope_parameters", "null"), ("rope_theta", "10000")).Message);
        Assert.Contains("'rope_parameters.sliding_attention' is missing", Bad("gemma3_text", ("rope_parameters", """{"full_attention":{"rope_theta":10000}}""")).Message);
    }

    [Fact]
    public void Glm4_rotates_half_a_head_unless_the_config_says_otherwise()
    {
        Assert.Equal(0.5, Read("glm4", ("head_dim", "32")).Rotation.Part);
        Assert.Equal(1, Read("glm4", ("partial_rotary_factor", "1")).Rotation.Part);
        Assert.Contains("multiples of 16", Refused("glm4", ("partial_rotary_factor", "0.5"), ("head_dim", "16")).Message);
        Assert.Contains("at most 1", Refused("glm4", ("partial_rotary_factor", "1.5")).Message);
    }

    [Theory]
    [InlineData("llama", "rope_parameters", """{"rope_theta":10000,"rope_type":"llama3","factor":8,"low_freq_factor":1,"high_freq_factor":4}""", "rope_parameters.original_max_position_embeddings")]
    [InlineData("llama", "rope_parameters", """{"rope_theta":10000,"rope_type":"llama3","low_freq_factor":1,"high_freq_factor":4,"original_max_position_embeddings":32}""", "rope_parameters.factor")]
    [InlineData("llama", "rope_parameters", """{"rope_theta":10000,"rope_type":"linear"}""", "rope_parameters.factor")]
    [InlineData("llama", "rope_parameters", """{"rope_theta":10000,"rope_type":"linear","factor":0}""", "rope_parameters.factor")]
    [InlineData("gemma2", "query_pre_attn_scalar", "null", "query_pre_attn_scalar")]
    [InlineData("gemma2", "query_pre_attn_scalar", "0", "query_pre_attn_scalar")]
    [InlineData("gemma2", "final_logit_softcapping", "-1", "final_logit_softcapping")]
    [InlineData("gemma2", "sliding_window", "null", "sliding_window")]
    [InlineData("gemma2", "hidden_activation", "null", "hidden_activation")]
    public void A_field_that_a_family_needs_is_named(string family, string field, string value, string named) =>
        Assert.Contains($"'{named}'", Bad(family, (field, value)).Message);

    [Theory]
    [InlineData("llama", "rope_parameters", """{"rope_theta":10000,"rope_type":"llama3","factor":8,"low_freq_factor":4,"high_freq_factor":4,"original_max_position_embeddings":32}""", "more than low_freq_factor")]
    [InlineData("llama", "hidden_act", "\"gelu\"", "'gelu'")]
    [InlineData("llama", "layer_types", """["full_attention","sliding_attention"]""", "'sliding_attention'")]
    [InlineData("qwen2", "rope_scaling", """{"type":"dynamic","factor":2}""", "'dynamic'")]
    [InlineData("gemma2", "hidden_activation", "\"gelu\"", "'gelu'")]
    [InlineData("gemma2", "attention_bias", "true", "attention_bias")]
    [InlineData("gemma3_text", "use_bidirectional_attention", "true", "use_bidirectional_attention")]
    [InlineData("gemma2", "layer_types", """["full_attention"]""", "a list of 1")]
    [InlineData("gemma2", "layer_types", """["full_attention","linear_attention"]""", "'linear_attention'")]
    public void A_variant_that_would_be_computed_wrongly_is_refused(string family, string field, string value, string found)
    {
        (string, string)[] changes = field == "rope_scaling" ? [(field, value), ("rope_parameters", "null"), ("rope_theta", "10000")] : [(field, value)];
        Assert.Contains(found, Refused(family, changes).Message);
    }

    static ModelShape Read(string family, params (string Field, string Json)[] changes)
    {
        var config = Config(family);
        foreach (var (field, json) in changes) config[field] = JsonNode.Parse(json);
        return HfConfig.Parse(Encoding.UTF8.GetBytes(config.ToJsonString()), "config.json");
    }

    static RoastException Refused(string family, params (string, string)[] changes) => Error(RoastError.Unsupported, family, changes);

    static RoastException Bad(string family, params (string, string)[] changes) => Error(RoastError.BadFile, family, changes);

    static RoastException Error(RoastError kind, string family, (string, string)[] changes)
    {
        var error = Assert.Throws<RoastException>(() => Read(family, changes));
        Assert.Equal(kind, error.Kind);
        return error;
    }

    static JsonObject Config(string family)
    {
        using var folder = new TinyFolder();
        var config = folder.Config;
        config["model_type"] = family;
        if (family.StartsWith("gemma", StringComparison.Ordinal))
            (config["hidden_activation"], config["query_pre_attn_scalar"], config["sliding_window"]) = ("gelu_pytorch_tanh", 24, 16);
        if (family == "glm4") config["head_dim"] = 32;
        if (family == "gemma3_text")
            config["rope_parameters"] = JsonNode.Parse("""{"full_attention":{"rope_theta":1e6},"sliding_attention":{"rope_theta":1e4}}""");
        return config;
    }

    static void AssertSame(ModelShape expected, ModelShape actual)
    {
        Assert.Equal(expected.EndTokenIds, actual.EndTokenIds);
        Assert.Equal(expected.Windows, actual.Windows);
        Assert.Equal(expected with { EndTokenIds = [], Windows = [] }, actual with { EndTokenIds = [], Windows = [] });
    }
}
