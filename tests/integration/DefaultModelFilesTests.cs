using System.Text.Json;
using Roast.Files;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration;

/// <summary>The files of the default model, read by the readers that meet users' models.</summary>
public class DefaultModelFilesTests
{
    static string InModel(string name) => Path.Combine(Repository.DefaultModel, name);

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("golden.safetensors")]
    public void Its_float_tensors_are_read_and_finite(string name)
    {
        using var stream = InputFile.Open(InModel(name));
        var reader = new SafetensorsReader(stream, name);
        Assert.NotEmpty(reader.Header.Entries);
        foreach (var entry in reader.Header.Entries.Where(x => x.Type == SafetensorsType.F32)) Assert.All(reader.ReadFloat32(entry.Name), x => Assert.True(float.IsFinite(x), $"{name}: {entry.Name} has {x}"));
    }

    [Fact]
    public void Its_embedding_is_as_large_as_its_configuration_says()
    {
        using var stream = InputFile.Open(InModel("model.safetensors"));
        using var config = JsonDocument.Parse(File.ReadAllBytes(InModel("config.json")));
        long[] expected = [config.RootElement.GetProperty("vocab_size").GetInt64(), config.RootElement.GetProperty("hidden_size").GetInt64()];
        Assert.Equal(expected, SafetensorsHeader.Read(stream, "model.safetensors").Tensors["model.embed_tokens.weight"].Shape);
    }

    [Fact]
    public void Its_weights_have_a_fingerprint_over_the_whole_file() =>
        Assert.Equal("sha256:" + Fingerprint.Sha256(InModel("model.safetensors")), Fingerprint.Weights(InModel("model.safetensors")));
}
