using Roast.Onnx;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class ExportTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_bundled_model_is_exported_inspected_and_run()
    {
        var json = (await Shell.Run("export", "two-annotators", "-o", _scratch["out"], "--json")).Done().Json;
        Assert.Equal(("qwen3", "fp32", 4), (json.GetProperty("family").GetString(), json.GetProperty("precision").GetString(), json.GetProperty("layers").GetInt32()));
        Assert.Contains(json.GetProperty("files").EnumerateArray(), file => file.GetProperty("name").GetString() == "model.safetensors" && file.GetProperty("origin").GetString() is "linked" or "copied");
        Assert.Equal(16, (await Shell.Run("inspect", _scratch["out"], "--json")).Done().Json.GetProperty("points").GetArrayLength());
        Assert.Equal((await Shell.Run("run", "457+385=", "--json")).Done().Json.GetProperty("text").GetString(),
            (await Shell.Run("run", "457+385=", "-m", _scratch["out"], "--json")).Done().Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_export_into_the_source_uses_the_weights_that_are_there()
    {
        string model = _scratch.Model("m");
        string shown = (await Shell.Run("export", model)).Done().Output;
        Assert.Contains("in place", shown);
        Assert.Contains("model.onnx", shown);
        var again = await Shell.Run("export", model);
        Assert.Equal((int)RoastError.CannotWrite, again.Code);
        Assert.Contains("--force", again.Error);
        (await Shell.Run("export", model, "--force")).Done();
        using var opened = SteerableModel.Open(model);
    }

    [Fact]
    public async Task An_int4_export_is_smaller_and_runs()
    {
        var json = (await Shell.Run("export", "two-annotators", "-o", _scratch["out"], "--precision", "int4", "--asymmetric", "--accuracy-level", "4", "--json")).Done().Json;
        var data = json.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("name").GetString() == "model.onnx.data");
        Assert.InRange(data.GetProperty("bytes").GetInt64(), 200_000, 469_888);
        (await Shell.Run("run", "457+385=", "-m", _scratch["out"], "--max-tokens", "4")).Done();
    }

    [Fact]
    public async Task What_makes_no_sense_or_is_not_there_is_said()
    {
        Assert.Contains("--output", (await Shell.Run("export", "two-annotators")).Error);
        var absent = await Shell.Run("export", _scratch["absent"], "-o", _scratch["out"]);
        Assert.Equal((int)RoastError.NotFound, absent.Code);
        Assert.Equal(2, (await Shell.Run("export", "two-annotators", "-o", _scratch["out"], "--precision", "int3")).Code);
        Assert.Equal(2, (await Shell.Run("export", "two-annotators", "-o", _scratch["out"], "--precision", "int4", "--accuracy-level", "5")).Code);
        Assert.Empty(_scratch.Files);
    }
}
