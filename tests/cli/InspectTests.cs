using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class InspectTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_bundled_model_shows_its_sizes_points_and_graph()
    {
        var json = (await Shell.Run("inspect", "two-annotators", "--json")).Done().Json;
        Assert.Equal(("model", "qwen3", 4, 96, 256), (json.GetProperty("kind").GetString(), json.GetProperty("family").GetString(), json.GetProperty("layers").GetInt32(), json.GetProperty("hidden_size").GetInt32(), json.GetProperty("intermediate_size").GetInt32()));
        Assert.Equal(469_888, json.GetProperty("parameters").GetInt64());
        Assert.Equal(16, json.GetProperty("points").GetArrayLength());
        Assert.True(json.GetProperty("chat_template").GetBoolean());
        Assert.Equal(4, json.GetProperty("graph").GetProperty("nodes").GetProperty("GroupQueryAttention").GetInt32());
        Assert.Contains("469,888 parameters", (await Shell.Run("inspect", "two-annotators")).Done().Output);
    }

    [Fact]
    public async Task A_vector_shows_its_points_norms_and_where_it_came_from()
    {
        string path = _scratch.Vector("v.safetensors", provenance: new VectorProvenance { Method = "roast", RecommendedStrength = Strength.Absolute(0.5f), RecommendedScope = Scope.Last, Extra = new Dictionary<string, string> { ["made.by"] = "[red]markup[/]" } }, value: 0.5f);
        var json = (await Shell.Run("inspect", path, "--json")).Done().Json;
        Assert.Equal("vector", json.GetProperty("kind").GetString());
        Assert.Equal(0.5 * Math.Sqrt(96), json.GetProperty("points")[0].GetProperty("norm").GetDouble(), Tolerance.RoundedToFloat32);
        Assert.Equal(0.5f, json.GetProperty("provenance").GetProperty("recommended_strength").GetSingle());
        Assert.Contains("[red]markup[/]", (await Shell.Run("inspect", path)).Done().Output);         // text of a file is no markup
        string bare = _scratch.Vector("bare.safetensors");
        Assert.Contains("says nothing about where it came from", (await Shell.Run("inspect", bare)).Done().Output);
    }

    [Fact]
    public async Task Another_safetensors_file_shows_its_tensors()
    {
        string path = Path.Combine(Repository.DefaultModel, "golden.safetensors");
        var json = (await Shell.Run("inspect", path, "--json")).Done().Json;
        Assert.Equal("tensors", json.GetProperty("kind").GetString());
        Assert.Contains(json.GetProperty("tensors").EnumerateArray(), tensor => tensor.GetProperty("name").GetString() == "logits" && tensor.GetProperty("shape")[1].GetInt32() == 275);
        Assert.Contains("steered_logits", (await Shell.Run("inspect", path)).Done().Output);
    }

    [Fact]
    public async Task An_onnx_file_shows_its_inputs_and_outputs()
    {
        string model = _scratch.Model("m");
        Roast.Graph.ModelGraph.FromHuggingFace(model).Save(Path.Combine(model, "model.onnx"));
        var json = (await Shell.Run("inspect", Path.Combine(model, "model.onnx"), "--json")).Done().Json;
        Assert.Equal("graph", json.GetProperty("kind").GetString());
        Assert.Contains(json.GetProperty("inputs").EnumerateArray(), input => input.GetString()!.StartsWith("input_ids"));
        Assert.Contains("input_ids", (await Shell.Run("inspect", Path.Combine(model, "model.onnx"))).Done().Output);
    }

    [Theory]
    [InlineData("absent.onnx"), InlineData("absent.safetensors"), InlineData("absent")]
    public async Task What_is_not_there_is_named(string name)
    {
        var inspect = await Shell.Run("inspect", _scratch[name]);
        Assert.Equal((int)RoastError.NotFound, inspect.Code);
        Assert.Contains(name, inspect.Error);
    }
}
