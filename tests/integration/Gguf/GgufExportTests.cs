using Roast.Graph.Export;
using Roast.Onnx;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Gguf;

/// <summary>A GGUF file written as a model folder, and held in its own blocks.</summary>
[Collection(nameof(SmolLm2))]
public class GgufExportTests(SmolLm2 smol)
{
    [Fact]
    public async Task A_folder_exported_from_a_gguf_file_gives_the_references_logits_and_text_and_the_same_ids_as_the_file()
    {
        using var file = new TinyGguf("qwen2");                 // lends its folder
        string target = Path.Combine(Path.GetDirectoryName(file.Path)!, "exported");
        var result = ModelExport.Export(smol.Model.FullPath, target, new ExportOptions { Precision = Precision.Int4, MaxPositions = 512 });
        Assert.Equal(["config.json", "genai_config.json", "model.onnx", "model.onnx.data", "roast.json", "tokenizer.json", "tokenizer_config.json"], result.Files.Select(file => file.Name));
        using var model = SteerableModel.Open(target);
        foreach (var prompt in smol.Prompts)
        {
            Assert.Equal(prompt.Rendered, model.Template!.Render([new Text.ChatMessage("user", prompt.Text)]));
            Assert.Equal(prompt.Ids, model.EncodePrompt(prompt.Text));
        }
        var first = smol.Prompts[0];
        var read = await model.ReadActivationsAsync(first.Ids, [], lastOnly: true, logits: true);
        Near.Equal(smol.Golden["0.logits"], read.Logits, Tolerance.SmolLm2, "logits of the blocks");
        var answer = await model.CompleteAsync(first.Ids, new GenerationOptions { MaxTokens = first.Greedy.Ids.Length, IgnoreEnd = true });
        first.Greedy.AssertEqual(answer.Ids, "prompt 0");
    }

    [Theory]
    [InlineData("llama3-rope")]
    [InlineData("qwen2")]
    public async Task A_float32_export_computes_what_the_reference_computes(string name)
    {
        using var tiny = new TinyModel(name);
        using var file = new TinyGguf(name);
        string target = Path.Combine(Path.GetDirectoryName(file.Path)!, "exported");
        ModelExport.Export(file.Path, target);
        using var model = SteerableModel.Open(target);
        var read = await model.ReadActivationsAsync(tiny.Prompt("p0"), [], logits: true);
        Near.Equal(tiny.Golden["p0.logits"], read.Logits, tiny.MaxDifference, "p0.logits");
        Assert.Throws<RoastException>(() => ModelExport.Export(file.Path, target));
        ModelExport.Export(file.Path, Path.GetDirectoryName(file.Path)!);        // beside the file itself: nothing of it is touched
        Assert.True(File.Exists(file.Path));
    }

    [Fact]
    public async Task Blocks_held_in_memory_give_the_references_logits_for_every_prompt()
    {
        using var model = SteerableModel.Open(smol.Model.FullPath, new RuntimeOptions { Precision = Precision.Int4 });
        foreach (var prompt in smol.Prompts)
        {
            var read = await model.ReadActivationsAsync(prompt.Ids, [], lastOnly: true, logits: true);
            Near.Equal(smol.Golden[$"{prompt.Number}.logits"], read.Logits, Tolerance.SmolLm2, $"prompt {prompt.Number}");
        }
    }
}
