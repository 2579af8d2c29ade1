using Roast.Files;
using Roast.Formats;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class ConvertTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_vector_becomes_an_adapter_of_a_model_and_comes_back_with_its_strength_in_it()
    {
        (await Shell.Run("export", "two-annotators", "-o", _scratch["m"])).Done();
        string vector = _scratch.Vector("v.safetensors", value: 0.5f);
        var run = (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"], "--model", _scratch["m"], "--strength", "-2", "--json")).Done();
        Assert.Equal(["attn_out.3"], run.Json.GetProperty("points").EnumerateArray().Select(x => x.GetString()!));
        Assert.Contains("no scope", run.Error);
        Assert.Contains("roast instrument", run.Error);      // an exported folder has no ports of its own
        using (var stream = InputFile.Open(_scratch["v.onnx_adapter"]))
        {
            var parameter = Assert.Single(OnnxAdapterReader.Read(stream, "v").Parameters);
            Assert.Equal("roast.port.attn_out.3", parameter.Name);
            Assert.All(parameter.ToFloat32(), x => Assert.Equal(-1f, x));
        }
        (await Shell.Run("convert", _scratch["v.onnx_adapter"], _scratch["back.safetensors"])).Done();
        var back = SteeringVector.Load(_scratch["back.safetensors"]);
        Assert.All(back[back.Points[0]].ToArray(), x => Assert.Equal(-1f, x));
        Assert.Equal(Strength.Absolute(1), back.Provenance.RecommendedStrength);
    }

    [Fact]
    public async Task A_folder_with_ports_takes_the_points_that_it_has_in_their_form()
    {
        (await Shell.Run("export", "two-annotators", "-o", _scratch["m"])).Done();
        (await Shell.Run("instrument", _scratch["m"], "--ports", "attn_out.3", "--rows", "-o", _scratch["ports"])).Done();
        var run = (await Shell.Run("convert", _scratch.Vector("v.safetensors"), _scratch["v.onnx_adapter"], "--model", _scratch["ports"])).Done();
        Assert.DoesNotContain("roast instrument", run.Error);
        using (var stream = InputFile.Open(_scratch["v.onnx_adapter"])) Assert.Equal([1L, 1, 96], OnnxAdapterReader.Read(stream, "v").Parameters[0].Shape);
        (await Shell.Run("instrument", _scratch["m"], "--ports", "attn_out.0", "-o", _scratch["other"])).Done();
        var absent = await Shell.Run("convert", _scratch["v.safetensors"], _scratch["w.onnx_adapter"], "--model", _scratch["other"]);
        Assert.Equal((int)RoastError.VectorDoesNotFit, absent.Code);
        Assert.Contains("attn_out.3", absent.Error);
    }

    [Fact]
    public async Task What_cannot_be_converted_is_said_and_nothing_is_written()
    {
        string vector = _scratch.Vector("v.safetensors"), wide = _scratch.Vector("wide.safetensors", width: 64);
        (await Shell.Run("export", "two-annotators", "-o", _scratch["m"])).Done();
        Assert.Equal(2, (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"])).Code);
        var ending = await Shell.Run("convert", vector, _scratch["v.txt"], "--model", _scratch["m"]);
        Assert.Equal((int)RoastError.Unsupported, ending.Code);
        Assert.Equal((int)RoastError.VectorDoesNotFit, (await Shell.Run("convert", wide, _scratch["v.onnx_adapter"], "--model", _scratch["m"])).Code);
        Assert.Equal(2, (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"], "--model", _scratch["m"], "--strength", "1", "--relative")).Code);
        Assert.Equal(2, (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"], "--model", _scratch["m"], "--relative")).Code);
        Assert.False(File.Exists(_scratch["v.onnx_adapter"]));
        (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"], "--model", _scratch["m"])).Done();
        Assert.Equal((int)RoastError.CannotWrite, (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"], "--model", _scratch["m"])).Code);
        (await Shell.Run("convert", vector, _scratch["v.onnx_adapter"], "--model", _scratch["m"], "--force")).Done();
        Assert.Equal(2, (await Shell.Run("convert", _scratch["v.onnx_adapter"], _scratch["b.safetensors"], "--strength", "1")).Code);
        Assert.Equal((int)RoastError.BadFile, (await Shell.Run("convert", _scratch.Write("bad.onnx_adapter", "text"), _scratch["b.safetensors"])).Code);
    }
}
