using System.Text.Json.Nodes;
using Roast.Graph.Export;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Graph;

public class HfConfigTests
{
    [Fact]
    public void The_default_models_config_is_read_whole()
    {
        var shape = HfConfig.Read(Repository.DefaultModel);
        Assert.Equal(("qwen3", 4, 96, 256), (shape.Family, shape.Layers, shape.HiddenSize, shape.IntermediateSize));
        Assert.Equal((4, 2, 32, 275, 256), (shape.Heads, shape.KeyValueHeads, shape.HeadSize, shape.VocabularySize, shape.MaxPositions));
        Assert.Equal((1e-9f, 10000.0, true), (shape.NormEpsilon, shape.RopeTheta, shape.TiedHead));
        Assert.Equal([274], shape.EndTokenIds);
        Assert.Equal((96, 96, 96, 256), (shape.Width(Site.ResidPost), shape.Width(Site.AttnOut), shape.Width(Site.MlpOut), shape.Width(Site.MlpAct)));
    }

    [Fact]
    public void The_older_spelling_of_the_rotation_says_the_same()
    {
        using var folder = new TinyFolder();
        var newer = HfConfig.Read(folder.Write().Path);
        folder.Config.Remove("rope_parameters");
        (folder.Config["rope_theta"], folder.Config["rope_scaling"]) = (10000.0, null);
        var older = HfConfig.Read(folder.Write().Path);
        Assert.Equal(newer with { EndTokenIds = [] }, older with { EndTokenIds = [] });
        folder.Config["rope_scaling"] = new JsonObject { ["type"] = "default" };
        Assert.Equal(10000, HfConfig.Read(folder.Write().Path).RopeTheta);
    }

    [Fact]
    public void Absent_optional_fields_have_the_meaning_that_transformers_gives_them()
    {
        using var folder = new TinyFolder();
        foreach (string field in new[] { "num_key_value_heads", "head_dim", "tie_word_embeddings", "eos_token_id", "attention_bias", "use_sliding_window" }) folder.Config.Remove(field);
        (folder.Config["hidden_size"], folder.Config["sliding_window"]) = (64, 16);                    // a window that is not in use is ignored
        var shape = HfConfig.Read(folder.Write().Path);
        Assert.Equal((4, 16, false, 0), (shape.KeyValueHeads, shape.HeadSize, shape.TiedHead, shape.EndTokenIds.Count));
    }

    [Fact]
    public void End_tokens_of_generation_config_go_before_those_of_config()
    {
        using var folder = new TinyFolder();
        folder.Write();
        File.WriteAllText(folder.File("generation_config.json"), """{"eos_token_id": [7, 9]}""");
        Assert.Equal([7, 9], HfConfig.Read(folder.Path).EndTokenIds);
        File.WriteAllText(folder.File("generation_config.json"), """{"temperature": 1}""");
        Assert.Equal([3], HfConfig.Read(folder.Path).EndTokenIds);
    }

    [Theory]
    [InlineData("model_type", "\"gpt_neo\"", "'gpt_neo'", "qwen3")]
    [InlineData("hidden_act", "\"gelu\"", "'gelu'", "'silu'")]
    [InlineData("attention_bias", "true", "true", "false")]
    [InlineData("use_sliding_window", "true", "true", "false")]
    [InlineData("layer_types", """["full_attention","sliding_attention"]""", "'sliding_attention'", "'full_attention'")]
    [InlineData("rope_parameters", """{"rope_theta":10000,"rope_type":"yarn"}""", "'yarn'", "'default', 'linear' or 'llama3'")]
    [InlineData("rope_parameters", """{"rope_theta":10000,"partial_rotary_factor":0.5}""", "0.5", "1")]
    [InlineData("partial_rotary_factor", "0.5", "0.5", "1")]
    [InlineData("head_dim", "24", "24", "multiples of 16")]
    public void A_variant_that_would_be_computed_wrongly_is_refused_with_what_is_known(string field, string value, string found, string known)
    {
        var error = Assert.Throws<RoastException>(() => ReadWith(field, value));
        Assert.Equal(RoastError.Unsupported, error.Kind);
        Assert.Contains(found, error.Message);
        Assert.Contains(known, error.Message);
    }

    [Theory]
    [InlineData("num_hidden_layers", "0"), InlineData("num_hidden_layers", "-3"), InlineData("num_hidden_layers", "1001"), InlineData("num_hidden_layers", "2.5")]
    [InlineData("num_hidden_layers", "\"2\""), InlineData("num_hidden_layers", "99999999999999999999")]
    [InlineData("hidden_size", "0"), InlineData("hidden_size", "1048577"), InlineData("intermediate_size", "-1"), InlineData("vocab_size", "16777217")]
    [InlineData("num_attention_heads", "0"), InlineData("num_attention_heads", "4097"), InlineData("num_key_value_heads", "5"), InlineData("num_key_value_heads", "3")]
    [InlineData("head_dim", "0"), InlineData("head_dim", "1025"), InlineData("max_position_embeddings", "0"), InlineData("max_position_embeddings", "16777217")]
    [InlineData("rms_norm_eps", "0"), InlineData("rms_norm_eps", "1"), InlineData("rms_norm_eps", "[]"), InlineData("tie_word_embeddings", "1")]
    [InlineData("eos_token_id", "40"), InlineData("eos_token_id", "-1"), InlineData("eos_token_id", "\"a\""), InlineData("layer_types", "[1]"), InlineData("hidden_act", "1")]
    [InlineData("rope_parameters", "5"), InlineData("model_type", "{}")]
    public void A_value_out_of_range_is_named_with_its_field(string field, string value)
    {
        var error = Assert.Throws<RoastException>(() => ReadWith(field, value));
        Assert.Equal(RoastError.BadFile, error.Kind);
        Assert.Contains($"'{field}'", error.Message);
        Assert.Contains(value, error.Message);
    }

    [Theory]
    [InlineData("model_type"), InlineData("num_hidden_layers"), InlineData("hidden_size"), InlineData("intermediate_size"), InlineData("num_attention_heads")]
    [InlineData("vocab_size"), InlineData("max_position_embeddings"), InlineData("rms_norm_eps"), InlineData("hidden_act")]
    public void A_missing_field_is_named(string field)
    {
        foreach (string? value in new[] { null, "null" })
        {
            var error = Assert.Throws<RoastException>(() => ReadWith(field, value));
            Assert.Equal(RoastError.BadFile, error.Kind);
            Assert.Contains($"'{field}' is missing", error.Message);
        }
    }

    [Fact]
    public void A_rotation_without_its_base_is_refused()
    {
        var error = Assert.Throws<RoastException>(() => ReadWith("rope_parameters", """{"rope_type":"default"}"""));
        Assert.Contains("'rope_theta' is missing", error.Message);
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("7"), InlineData("""{"model_type":"\ud800"}""")]
    public void Text_that_is_no_json_object_is_a_bad_file(string text)
    {
        using var folder = new TinyFolder();
        File.WriteAllText(folder.File("config.json"), text);
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => HfConfig.Read(folder.Path)).Kind);
    }

    [Fact]
    public void A_config_one_byte_past_the_limit_is_refused_and_one_at_the_limit_is_read()
    {
        using var folder = new TinyFolder();
        string json = folder.Config.ToJsonString();
        File.WriteAllText(folder.File("config.json"), json.PadRight(HfConfig.MaxBytes));
        Assert.Equal(2, HfConfig.Read(folder.Path).Layers);
        File.WriteAllText(folder.File("config.json"), json.PadRight(HfConfig.MaxBytes + 1));
        var error = Assert.Throws<RoastException>(() => HfConfig.Read(folder.Path));
        Assert.Equal(RoastError.BadFile, error.Kind);
        Assert.Contains($"{HfConfig.MaxBytes}", error.Message);
    }

    [Fact]
    public void A_folder_without_config_is_not_found() =>
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => HfConfig.Read(Path.Combine(Path.GetTempPath(), "no such folder"))).Kind);

    static Roast.Graph.ModelShape ReadWith(string field, string? json)
    {
        using var folder = new TinyFolder();
        folder.Config.Remove(field);
        if (json is not null) folder.Config[field] = JsonNode.Parse(json);
        return HfConfig.Read(folder.Write().Path);
    }
}
