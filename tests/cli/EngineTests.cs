using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Cli;

public sealed class EngineTests : IDisposable
{
    readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    // One test: once a library is loaded, this process refuses another one with another message.
    [Fact]
    public async Task Genai_answers_as_our_loop_does_and_a_library_that_is_absent_is_named()
    {
        Assert.Equal(2, (await Shell.Run("run", "1+1=", "--genai-library", "lib.so")).Code);
        Assert.Equal(2, (await Shell.Run("run", "1+1=", "--engine", "vllm")).Code);
        (await Shell.Run("export", "two-annotators", "-o", _scratch["m"])).Done();
        var absent = await Shell.Run("run", "1+1=", "-m", _scratch["m"], "--engine", "genai", "--genai-library", _scratch["absent.so"]);
        Assert.Equal((int)RoastError.NotFound, absent.Code);
        Assert.Contains("absent.so: there is no such file", absent.Error);

        string library = GenAILibraryFile.Require(), vector = Path.Combine(Repository.DefaultModel, "careful.safetensors");
        string[] genai = ["-m", _scratch["m"], "--engine", "genai", "--genai-library", library];
        foreach (string[] args in (string[][])[["run", "457+385="], ["run", "457+385=", "-v", vector, "--strength", "0.5"], ["run", "457+385=", "--temperature", "1", "--seed", "7"]])
        {
            Assert.Equal((await Shell.Run(args)).Done().Output, (await Shell.Run([.. args, .. genai])).Done().Output);
            var (ours, theirs) = ((await Shell.Run([.. args, "--json"])).Done().Json, (await Shell.Run([.. args, .. genai, "--json"])).Done().Json);
            Assert.Equal(ours.GetProperty("ids").GetRawText(), theirs.GetProperty("ids").GetRawText());
            Assert.Equal(("ort", "genai"), (ours.GetProperty("engine").GetString(), theirs.GetProperty("engine").GetString()));
        }
        var folder = await Shell.Run("run", "457+385=", "-m", Repository.DefaultModel, "--engine", "genai");
        Assert.Equal((int)RoastError.NotFound, folder.Code);
        Assert.Contains("roast export", folder.Error);
    }
}
