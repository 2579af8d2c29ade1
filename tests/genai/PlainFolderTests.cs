using System.Text.Json;
using Roast.GenAI.Native;
using Roast.Graph.Export;
using Roast.Onnx;
using Roast.Tests.Integration.Gguf;
using Roast.Tests.Integration.TinyRandom;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.GenAI;

/// <summary>Exported folders in GenAI as it is: the binding, and nothing of ours in between.</summary>
[Collection(nameof(OneAtATime))]
public class PlainFolderTests
{
    public static TheoryData<string> Models => [.. TinyModel.All];

    [Theory, MemberData(nameof(Models))]
    public async Task An_exported_folder_gives_the_reference_and_our_loops_greedy_tokens(string name)
    {
        using var folders = new Folders(name);
        foreach (string prompt in TinyModel.Prompts)
        {
            int[] ids = folders.Tiny.Prompt(prompt);
            int[] plain = PlainGenAI.Greedy(folders.Plain, ids, 32);
            var ours = await folders.Tiny.Model.CompleteAsync(ids, new() { MaxTokens = 32 });
            Assert.Equal(ours.Ids, plain);
            Assert.Equal(folders.Tiny.Golden.Int32s($"greedy.{prompt}.ids")[..plain.Length], plain);
        }
    }

    [Fact]
    public void A_family_that_genai_does_not_know_is_driven_as_the_generic_decoder()
    {
        using var folders = new Folders("glm4");
        GenAILibrary.Require(folders.Library);
        using var config = new OgaConfig(folders.Plain);
        using var model = config.CreateModel("model.onnx", null);
        Assert.Equal("decoder", model.Type);
    }

    public static TheoryData<string, string> BuilderFolders => new()
    {
        { "qwen3-tied", "fp32" }, { "qwen2", "fp32" }, { "llama3-rope", "fp32" }, { "gemma2", "fp32" }, { "gemma3", "fp32" }, { "qwen3-tied", "int4" }, { "llama3-rope", "int4" },
    };

    [Theory, MemberData(nameof(BuilderFolders))]
    public async Task Folders_of_genais_own_builder_give_its_golden_tokens_through_the_binding_and_through_the_engine(string name, string precision)
    {
        string library = GenAILibraryFile.Require(), folder = SharedData.Require("models", "tiny-random", name, $"genai-{precision}");
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("models", "tiny-random", name, "genai-golden.json")));
        var entry = golden.RootElement.GetProperty("builder").GetProperty(precision);
        // What int4 with rounded activations gives varies with the processor: its ids are compared with our binding's alone where it ties.
        if (!entry.TryGetProperty("genai_ids", out var ids)) ids = entry.GetProperty("ort_ids");
        using var tiny = new TinyModel(name);
        using var engine = GenAIEngine.Open(folder, new GenAIOptions { LibraryPath = library, Threads = 1 });
        foreach (string prompt in TinyModel.Prompts)
        {
            int[] expected = [.. ids.GetProperty(prompt).EnumerateArray().Select(id => id.GetInt32())], plain = PlainGenAI.Greedy(folder, tiny.Prompt(prompt), expected.Length);
            if (precision == "fp32") Assert.Equal(expected[..plain.Length], plain);
            Assert.Equal(plain, (await engine.CompleteAsync(tiny.Prompt(prompt), new() { MaxTokens = expected.Length })).Ids);
        }
    }

    [Fact]
    public async Task SmolLM2_exported_from_its_gguf_file_gives_the_references_tokens_in_genai_and_in_our_loop()
    {
        string library = GenAILibraryFile.Require();
        using var smol = new SmolLm2();
        string root = Directory.CreateTempSubdirectory("roast-genai-").FullName, folder = Path.Combine(root, "smol");
        try
        {
            ModelExport.Export(Path.Combine(SharedData.Require("models", "smollm2-135m-instruct"), "SmolLM2-135M-Instruct.Q4_1.gguf"), folder, new ExportOptions { MaxPositions = 512 });
            using var ours = SteerableModel.Open(folder);
            using var engine = GenAIEngine.Open(folder, new GenAIOptions { LibraryPath = library });
            foreach (var prompt in smol.Prompts.Take(3))
            {
                int[] plain = PlainGenAI.Greedy(folder, prompt.Ids, 16);
                Assert.Equal((await ours.CompleteAsync(prompt.Ids, new() { MaxTokens = 16 })).Ids, plain);
                Assert.Equal(prompt.Greedy.Ids[..plain.Length], plain);
                Assert.Equal(prompt.Ids, engine.EncodePrompt(prompt.Text));
            }
            var steered = smol.Cases[0];
            foreach (var (number, greedy) in steered.Runs.Take(2))
            {
                var options = new GenerationOptions { Steering = steered.Steering, MaxTokens = 16 };
                var (mine, theirs) = (await ours.CompleteAsync(smol.Prompts[number].Ids, options), await engine.CompleteAsync(smol.Prompts[number].Ids, options));
                Assert.Equal(mine.Ids, theirs.Ids);
                Assert.Equal(mine.Text, theirs.Text);
            }
        }
        finally { Directory.Delete(root, recursive: true); }
    }
}

/// <summary>GenAI's own threads and handle counts: one class after the other.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public class OneAtATime;
