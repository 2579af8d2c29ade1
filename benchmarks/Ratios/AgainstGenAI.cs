using Roast.GenAI;
using Roast.Graph.Export;
using Roast.Onnx;

namespace Roast.Benchmarks.Ratios;

/// <summary>
/// Our loop against ONNX Runtime GenAI: the same exported folder, the same ONNX Runtime, the same number of threads. Time to first token is that of a
/// prompt and one new token; time per token that of prompts of one token, so that nothing is prefilled. A call makes its buffers on either side.
/// </summary>
internal sealed class AgainstGenAI : IDisposable
{
    const int PromptTokens = 64, NewTokens = 64;

    readonly string _root = Directory.CreateTempSubdirectory("roast-bench-").FullName;
    readonly SteerableModel _ours;
    readonly GenAIEngine _genAI;

    AgainstGenAI(string model, RuntimeOptions options)
    {
        string folder = Path.Combine(_root, "model");
        ModelExport.Export(model, folder, new ExportOptions { MaxPositions = 1024 });
        _ours = SteerableModel.Open(folder, options);
        _genAI = GenAIEngine.Open(folder, new GenAIOptions { Threads = _ours.Runtime.Threads });
    }

    /// <summary>Opens both; <c>null</c>, with a line that says why, where GenAI's library is not there.</summary>
    public static AgainstGenAI? Open(string model, RuntimeOptions options)
    {
        try { return new AgainstGenAI(model, options); }
        catch (RoastException e) when (e.Kind == RoastError.NotFound && GenAIEngine.LibraryFile is null)
        {
            Console.WriteLine($"genai is left out: {e.Message}");
            return null;
        }
    }

    public IEnumerable<Comparison> Questions()
    {
        foreach (int rows in (int[])[1, 4, 16])
        {
            string text = rows == 1 ? "1 row" : $"{rows} rows";
            var (prompts, starts) = (Prompts(rows, PromptTokens, 1), Prompts(rows, 1, NewTokens));
            yield return Compare($"Time to first token, {text} of {PromptTokens} tokens", Measure.Seconds, prompts, 1);
            yield return Compare($"Time per token, {text}, {NewTokens} tokens", Measure.MicrosecondsPerToken, starts, NewTokens);
        }
    }

    Comparison Compare(string what, Measure measure, int[][] prompts, int tokens)
    {
        return new(what, measure, new("GenAI", () => Run(_genAI)), (new("our loop", () => Run(_ours)), "<= 1.00"));

        double Run(IGenerationEngine engine) => engine.CompleteAllAsync(prompts, new() { MaxTokens = tokens }).GetAwaiter().GetResult().Sum(answer => answer.Ids.Count);
    }

    /// <summary>Prompts whose greedy answers have no end token, since GenAI ends there; and both engines give these answers.</summary>
    int[][] Prompts(int rows, int length, int tokens)
    {
        var random = new Random(42);
        var chosen = new List<int[]>();
        for (int tries = 0; chosen.Count < rows; tries++)
        {
            // Few one-token prompts of the bundled model do: their rows then occur more than once, which changes no work, as there is nothing to prefill.
            if (tries == 1000)
            {
                if (chosen.Count == 0 || length > 1) throw new InvalidOperationException($"No {rows} prompts of {length} tokens have answers of {tokens} tokens without an end token.");
                for (int i = 0; chosen.Count < rows; i++) chosen.Add(chosen[i]);
                break;
            }
            int[] prompt = [.. Enumerable.Range(0, length).Select(_ => random.Next(_ours.Shape.VocabularySize))];
            if (_ours.CompleteAsync(prompt, new() { MaxTokens = tokens }).GetAwaiter().GetResult().Stop == StopReason.MaxTokens) chosen.Add(prompt);
        }
        int[][] prompts = [.. chosen];
        var (ours, theirs) = (_ours.CompleteAllAsync(prompts, new() { MaxTokens = tokens }).GetAwaiter().GetResult(), _genAI.CompleteAllAsync(prompts, new() { MaxTokens = tokens }).GetAwaiter().GetResult());
        for (int row = 0; row < rows; row++)
            if (!ours[row].Ids.SequenceEqual(theirs[row].Ids)) throw new InvalidOperationException($"Row {row} of {rows} differs between the engines: {string.Join(',', ours[row].Ids)} and {string.Join(',', theirs[row].Ids)}.");
        return prompts;
    }

    public void Dispose()
    {
        _genAI.Dispose();
        _ours.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
