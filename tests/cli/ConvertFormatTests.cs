using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class ConvertFormatTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string Residual(string name, int layer = 2)
    {
        new SteeringVector([KeyValuePair.Create(new Point(Site.ResidPost, layer), Enumerable.Range(0, 96).Select(i => (float)Math.Sin(i)).ToArray())]).Save(_scratch[name]);
        return _scratch[name];
    }

    [Fact]
    public async Task A_vector_goes_out_as_gguf_and_comes_back_with_its_bytes_and_steers_as_before()
    {
        string vector = Residual("v.safetensors");
        var json = (await Shell.Run("convert", vector, _scratch["v.gguf"], "--json")).Done().Json;
        Assert.Equal(("roast", "llama.cpp"), (json.GetProperty("source_format").GetString(), json.GetProperty("target_format").GetString()));
        (await Shell.Run("convert", _scratch["v.gguf"], _scratch["back.safetensors"], "--model", "two-annotators")).Done();
        Assert.Equal(File.ReadAllBytes(vector), File.ReadAllBytes(_scratch["back.safetensors"]));
        string Text(Shell.Outcome run) => run.Done().Json.GetProperty("text").GetString()!;
        Assert.Equal(Text(await Shell.Run("run", "457+385=", "--vector", vector, "--strength", "2", "--json")), Text(await Shell.Run("run", "457+385=", "--vector", _scratch["v.gguf"], "--strength", "2", "--json")));
    }

    [Fact]
    public async Task What_the_target_cannot_say_is_an_error_and_writes_nothing()
    {
        string vector = _scratch.Vector("v.safetensors");             // attn_out.3
        var convert = await Shell.Run("convert", vector, _scratch["v.gguf"]);
        Assert.Equal((int)RoastError.Unsupported, convert.Code);
        Assert.Contains("attn_out.3", convert.Error);
        Assert.DoesNotContain("v.gguf", _scratch.Files);
        (await Shell.Run("convert", vector, _scratch["v.json"])).Done();
        Assert.Contains("layer offset", (await Shell.Run("convert", _scratch["v.json"], _scratch["w.safetensors"], "--layer-offset", "-1")).Error);
        Assert.Contains("direction.0", (await Shell.Run("convert", Residual("first.safetensors", 0), _scratch["v.gguf"])).Error);
        (await Shell.Run("convert", _scratch["first.safetensors"], _scratch["v.gguf"], "--to", "easysteer")).Done();
    }

    [Fact]
    public async Task An_output_that_exists_is_replaced_only_when_forced()
    {
        string vector = Residual("v.safetensors");
        _scratch.Write("v.gguf", "mine");
        var convert = await Shell.Run("convert", vector, _scratch["v.gguf"]);
        Assert.Equal((int)RoastError.CannotWrite, convert.Code);
        Assert.Contains("--force", convert.Error);
        (await Shell.Run("convert", vector, _scratch["v.gguf"], "--force")).Done();
    }

    [Fact]
    public async Task A_vector_that_does_not_fit_the_model_is_refused()
    {
        var convert = await Shell.Run("convert", Residual("v.safetensors", 9), _scratch["v.gguf"], "--model", "two-annotators");
        Assert.Equal((int)RoastError.VectorDoesNotFit, convert.Code);
    }

    [Theory, InlineData("convert", "a.safetensors", "b.gguf", "--to", "npz"), InlineData("convert", "a.safetensors", "b.gguf", "--layer-offset", "x"), InlineData("convert", "a.safetensors", "b.gguf", "--strength", "1"), InlineData("convert", "a.safetensors", "b.onnx_adapter", "--to", "roast")]
    public async Task Command_lines_that_make_no_sense_are_answered(params string[] args) => Assert.Equal(2, (await Shell.Run(args)).Code);

    [Fact]
    public async Task Inspect_shows_vectors_of_other_programs_with_their_format_and_what_they_leave_open()
    {
        var made = new MadeGguf().Key("general.architecture", "controlvector").Key("controlvector.model_hint", "[red]m[/]").Key("controlvector.layer_count", 3u).Tensor("direction.2", [2], [0.6f, 0.8f]);
        File.WriteAllBytes(_scratch["any.name"], made.ToBytes());
        var json = (await Shell.Run("inspect", _scratch["any.name"], "--json")).Done().Json;
        Assert.Equal(("vector", "llama.cpp"), (json.GetProperty("kind").GetString(), json.GetProperty("format").GetString()));
        Assert.Equal("resid_post.2", json.GetProperty("points")[0].GetProperty("point").GetString());
        string shown = (await Shell.Run("inspect", _scratch["any.name"])).Done().Output;
        Assert.Contains("[red]m[/]", shown);
        Assert.Contains("length 1", shown);
    }
}
