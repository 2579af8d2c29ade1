using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

/// <summary><c>roast instrument</c> and <c>roast bake</c>.</summary>
public sealed class RewriteTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Instrument_writes_a_folder_that_inspect_shows_with_its_taps_and_ports()
    {
        string output = _scratch["out"];
        var json = (await Shell.Run("instrument", "two-annotators", "--taps", "resid_post.*", "--ports", "attn_out.0..1", "-o", output, "--json")).Done().Json;
        Assert.Equal((4, 2, "shared"), (json.GetProperty("taps").GetArrayLength(), json.GetProperty("ports").GetArrayLength(), json.GetProperty("port_form").GetString()));
        Assert.Equal(1, json.GetProperty("linked").GetArrayLength() + json.GetProperty("copied").GetArrayLength());
        var shown = (await Shell.Run("inspect", Path.Combine(output, "model.onnx"), "--json")).Done().Json;
        Assert.Equal(["attn_out.0", "attn_out.1"], shown.GetProperty("ports").EnumerateArray().Select(port => port.GetString()));
        Assert.Contains(shown.GetProperty("execution_providers").EnumerateArray(), provider => provider.GetString() == "CPUExecutionProvider");
        Assert.Contains(shown.GetProperty("inputs").EnumerateArray(), input => input.GetString()!.StartsWith("attention_mask"));
        Assert.Equal((int)RoastError.CannotWrite, (await Shell.Run("instrument", "two-annotators", "--taps", "resid_post.*", "-o", output)).Code);
        Assert.Contains("Taps: mlp_act.3", (await Shell.Run("instrument", "two-annotators", "--taps", "mlp_act.3", "-o", output, "--force")).Done().Output);
    }

    [Fact]
    public async Task Bake_writes_a_model_that_answers_as_the_steered_one_does_in_scope_all()
    {
        string vector = _scratch.Vector("v.safetensors", value: 0.5f), output = _scratch["baked"];
        var bake = (await Shell.Run("bake", "two-annotators", vector, "--strength", "2", "-o", output, "--json")).Done();
        Assert.Equal("all", bake.Json.GetProperty("scope").GetString());
        Assert.Contains("does not say which model", bake.Error);
        string live = (await Shell.Run("run", "457+385=", "-v", vector, "--strength", "2", "--scope", "all", "--max-tokens", "8")).Done().Output;
        Assert.Equal(live, (await Shell.Run("run", "457+385=", "-m", output, "--max-tokens", "8")).Done().Output);
        using var model = SteerableModel.Open(output);
        Assert.Equal(16, model.Summarize().Points.Count);
    }

    [Theory]
    [InlineData("instrument two-annotators -o {out}", "--taps, --ports, or both")]
    [InlineData("instrument two-annotators --taps attn_out.0 --rows -o {out}", "--rows is the form of ports")]
    [InlineData("instrument two-annotators --taps attn_out.9 -o {out}", "layers 0..3")]
    [InlineData("instrument two-annotators --taps attn_out.0", "--output")]
    [InlineData("bake two-annotators {vector} --strength 1 --scope last -o {out}", "cannot tell the prompt from the answer")]
    [InlineData("bake two-annotators {vector} -o {out}", "--strength")]
    [InlineData("bake two-annotators {vector} --strength 0.1 --relative -o {out}", "mean activation norm")]
    public async Task A_command_line_that_makes_no_sense_says_why_and_writes_nothing(string line, string words)
    {
        string vector = _scratch.Vector("v.safetensors");
        var outcome = await Shell.Run([.. line.Split(' ').Select(part => part.Replace("{out}", _scratch["out"]).Replace("{vector}", vector))]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(words, outcome.Error);
        Assert.False(Directory.Exists(_scratch["out"]));
    }

    [Fact]
    public async Task Inspect_shows_a_model_of_another_tool_with_the_points_that_its_structure_has()
    {
        string folder = SharedData.Require("models", "tiny-random", "qwen3-tied", "genai-int4");
        var json = (await Shell.Run("inspect", folder, "--json")).Done().Json;
        var graph = json.GetProperty("graph");
        Assert.Equal((16, true), (json.GetProperty("points").GetArrayLength(), graph.GetProperty("points_found_by_structure").GetBoolean()));
        Assert.Equal((true, "float32", 4), (graph.GetProperty("key_values").GetProperty("shared").GetBoolean(), graph.GetProperty("key_values").GetProperty("type").GetString(), graph.GetProperty("quantization")[1].GetProperty("bits").GetInt32()));
        string table = (await Shell.Run("inspect", folder)).Done().Output;
        foreach (string words in (string[])["found by structure", "21 MatMulNBits of 4 bits", "past and present may be one buffer", "CPUExecutionProvider", "327, 325"]) Assert.Contains(words, table);
        string half = (await Shell.Run("inspect", SharedData.Require("onnx", "hf-internal-testing", "tiny-random-LlamaForCausalLM-fp16"))).Done().Output;
        Assert.Contains("MultiHeadAttention", half);
        Assert.Contains("32000 tokens", half);
    }
}
