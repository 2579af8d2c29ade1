using System.Text;

namespace Roast.Text;

/// <summary>The older form of a tokenizer: vocab.json and merges.txt. They say nothing of how text is split; GPT-2's way is meant.</summary>
internal static class Gpt2Files
{
    internal const string Vocabulary = "vocab.json", Merges = "merges.txt";

    const string EndOfText = "<|endoftext|>";

    /// <summary>Whether a folder has these files and no tokenizer.json.</summary>
    internal static bool AreIn(string folder) => !File.Exists(Path.Combine(folder, TokenizerFile.FileName))
        && File.Exists(Path.Combine(folder, Vocabulary)) && File.Exists(Path.Combine(folder, Merges));

    /// <summary>Reads both files; gives their bytes for the hash.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: tokenizer_config.json names another class than GPT-2's.</exception>
    internal static (TokenizerFile File, byte[] Bytes) Read(string folder)
    {
        string path = Path.Combine(folder, Vocabulary), mergesPath = Path.Combine(folder, Merges);
        string? kind = TokenizerConfig.ClassOf(folder);
        if (kind is not (null or "GPT2Tokenizer" or "GPT2TokenizerFast"))
            throw Throw.UnsupportedTokenizer(path, $"the class '{kind}' without a tokenizer.json", "tokenizer.json, or GPT2Tokenizer without one");
        byte[] bytes = Json.ReadBytes(path, TokenizerFile.MaxBytes, "Fetch the model again."), mergeBytes = Json.ReadBytes(mergesPath, TokenizerFile.MaxBytes, "Fetch the model again.");
        var vocabulary = Json.Parse(path, bytes, root => TokenizerFile.ReadVocabulary(path, root));
        var merges = new MergeReader(mergesPath, vocabulary).Read(Lines(mergeBytes));
        List<AddedToken> added = vocabulary.TryGetValue(EndOfText, out int end) ? [new AddedToken(end, EndOfText, IsSpecial: true)] : [];
        var splitting = new PreTokenizerParts(new SplitPipeline([Patterns.Splitter(Patterns.Gpt2, path)]), null, IsByteLevel: true);
        var model = new BpeModel(vocabulary, merges, new BpeSettings(IsByteLevel: true, FallsBackToBytes: false, FusesUnknown: false, IgnoresMerges: false, UnknownId: null));
        return (new TokenizerFile(model, added, null, splitting, new TokenDecoder(true, [], false, 0), SpecialFrame.None), [.. bytes, .. mergeBytes]);
    }

    /// <summary>The lines that hold merges: not the one with the version, and not the empty one at the end.</summary>
    static IEnumerable<string> Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
}
