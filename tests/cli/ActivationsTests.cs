using System.Text.Json;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class ActivationsTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Tensors_are_named_as_points_and_have_a_row_per_position()
    {
        string path = _scratch["a.safetensors"];
        (await Shell.Run("activations", "--ids", "5,6,7", "--points", "resid_post.*,mlp_act.first2", "--positions", "all", "--logits", "-o", path)).Done();
        using var stream = File.OpenRead(path);
        var header = SafetensorsHeader.Read(stream, path);
        Assert.Equal(["logits", "mlp_act.0", "mlp_act.1", "resid_post.0", "resid_post.1", "resid_post.2", "resid_post.3"], header.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([3, 96], header.Tensors["resid_post.3"].Shape);
        Assert.Equal([3, 256], header.Tensors["mlp_act.1"].Shape);
        Assert.Equal([3, 275], header.Tensors["logits"].Shape);
        Assert.Equal("5,6,7", header.Metadata["ids"]);
        Assert.Equal("qwen3", header.Metadata["roast.model.family"]);
    }

    [Fact]
    public async Task Prompts_of_a_file_give_the_reference_logits_line_by_line()
    {
        string[] prompts = [.. File.ReadLines(Scratch.Problems("test")).Take(3).Select(line => $"{{\"prompt\": \"{JsonDocument.Parse(line).RootElement.GetProperty("prompt")}\"}}")];
        string file = _scratch.Write("prompts.jsonl", [prompts[0], "", prompts[1], prompts[2]]), path = _scratch["a.safetensors"];
        var json = (await Shell.Run("activations", "--file", file, "--points", "attn_out.3", "--logits", "-o", path, "--json")).Done().Json;
        Assert.Equal(3, json.GetProperty("sequences").GetInt32());
        var (golden, read) = (Golden.Open(Path.Combine(Repository.DefaultModel, "golden.safetensors"))["logits"], Golden.Open(path));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal([1, 96], read.Shape($"{i}.attn_out.3"));
            Near.Equal(golden.AsSpan(i * 275, 275), read[$"{i}.logits"], Tolerance.DefaultModelLogits, $"logits of line {i}");
        }
    }

    [Fact]
    public async Task A_bad_line_is_named_and_nothing_is_written()
    {
        string file = _scratch.Write("prompts.jsonl", """{"ids": [5, 6]}""", """{"ids": [5, 999]}""");
        var read = await Shell.Run("activations", "--file", file, "--points", "attn_out.3", "-o", _scratch["a.safetensors"]);
        Assert.Equal((int)RoastError.BadFile, read.Code);
        Assert.Contains("prompts.jsonl:2:ids[1]", read.Error);
        Assert.Equal(["prompts.jsonl"], _scratch.Files);
    }
}
