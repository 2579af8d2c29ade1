using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using Microsoft.ML.Tokenizers;
using Roast.Text;

namespace Roast.Benchmarks;

/// <summary>
/// How fast is English text encoded? The measure is Microsoft.ML.Tokenizers' byte-level BPE with GPT-2's files: same text, same ids, which
/// setup proves. A mean in ns is the time of a byte: 10 ns are 100 MB/s. Needs the shared data (ROAST_SHARED_DATA, or beside the repository).
/// </summary>
[MemoryDiagnoser, MarkdownExporterAttribute.GitHub]
public class Tokenizing
{
    /// <summary>Bytes of text: questions and answers of gsm8k, cut at a million.</summary>
    const int Bytes = 1_000_000;

    string _text = "";
    TextTokenizer _gpt2 = null!, _qwen = null!, _smol = null!;
    BpeTokenizer _library = null!;

    [GlobalSetup]
    public void Load()
    {
        _text = ReadEnglish();
        (_gpt2, _qwen, _smol) = (TextTokenizer.Load(Shared("tokenizers", "gpt2")), TextTokenizer.Load(Shared("tokenizers", "qwen2.5")), TextTokenizer.Load(Shared("tokenizers", "smollm2")));
        _library = BpeTokenizer.Create(new BpeOptions(JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(Shared("tokenizers", "gpt2", "vocab.json")))!)
        {
            ByteLevel = true,
            Merges = File.ReadLines(Shared("tokenizers", "gpt2", "merges.txt")).Skip(1).Where(line => line.Length > 0),
            PreTokenizer = new RegexPreTokenizer(new Regex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.Compiled), null),
        });
        if (!_library.EncodeToIds(_text).SequenceEqual(_gpt2.Encode(_text))) throw new InvalidOperationException("The library gives other ids, so the comparison means nothing.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Bytes)] public int Library() => _library.EncodeToIds(_text).Count;

    [Benchmark(OperationsPerInvoke = Bytes)] public int Gpt2() => _gpt2.Encode(_text).Length;

    [Benchmark(OperationsPerInvoke = Bytes)] public int Qwen() => _qwen.Encode(_text).Length;

    [Benchmark(OperationsPerInvoke = Bytes)] public int SmolLM2() => _smol.Encode(_text).Length;

    static string ReadEnglish()
    {
        var text = new StringBuilder();
        foreach (string line in File.ReadLines(Shared("tasks", "gsm8k", "train.jsonl")))
        {
            using var row = JsonDocument.Parse(line);
            text.Append(row.RootElement.GetProperty("question").GetString()).Append('\n').Append(row.RootElement.GetProperty("answer").GetString()).Append('\n');
            if (text.Length >= Bytes) break;
        }
        var bytes = Encoding.UTF8.GetBytes(text.ToString()).AsSpan(0, Bytes);
        return Encoding.UTF8.GetString(bytes);                    // a character cut in half at the end is one U+FFFD
    }

    static string Shared(params string[] parts) => Path.Combine([Environment.GetEnvironmentVariable("ROAST_SHARED_DATA") is { Length: > 0 } named ? named : Path.Combine(Scene.Root, "..", "shared", "data"), .. parts]);
}
