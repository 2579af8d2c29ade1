using Roast.GenAI.Native;
using Roast.TestSupport;

namespace Roast.Tests.GenAI;

/// <summary>What a GenAI program without Roast does with a folder: open it, append the prompt, take tokens. Only the binding is ours.</summary>
static class PlainGenAI
{
    public static int[] Greedy(string folder, int[] prompt, int tokens, Action<OgaModel, OgaGenerator>? before = null, Action<int, OgaGenerator>? beforeStep = null)
    {
        GenAILibrary.Require(GenAILibraryFile.Require());
        using var config = new OgaConfig(folder);
        using var model = config.CreateModel("model.onnx", null);
        using var search = new OgaParams(model);
        search.Set("max_length", prompt.Length + tokens);
        search.Set("do_sample", false);
        using var generator = new OgaGenerator(model, search);
        before?.Invoke(model, generator);
        generator.Append(prompt);
        var result = new List<int>();
        var one = new int[1];
        while (result.Count < tokens && !generator.IsDone)
        {
            beforeStep?.Invoke(result.Count, generator);
            generator.Next();
            generator.ReadTokens(one);
            result.Add(one[0]);
        }
        return [.. result];
    }
}
