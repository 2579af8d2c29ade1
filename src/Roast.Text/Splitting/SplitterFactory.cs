using System.Text.Json;

namespace Roast.Text;

/// <summary>The <c>pre_tokenizer</c> of a tokenizer.json as code. A further type is a further arm here.</summary>
internal static class SplitterFactory
{
    const string Known = "Split by a regular expression (Isolated), Digits and ByteLevel";

    /// <summary>The steps, in order. Byte-level encoding itself is the library's work.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: another type or setting, or no ByteLevel at the end.</exception>
    internal static SplitPipeline Create(JsonElement preTokenizer, string file)
    {
        JsonElement[] parts = Json.Type(preTokenizer) == "Sequence" ? [.. Json.Get(preTokenizer, "pretokenizers").EnumerateArray()] : [preTokenizer];
        if (parts is [] || Json.Type(parts[^1]) != "ByteLevel") throw Throw.UnsupportedTokenizer(file, "a pre_tokenizer that does not end with ByteLevel", Known);
        var steps = new List<ISplitter>();
        foreach (var part in parts)
            if (Step(part, file) is { } step) steps.Add(step);
        return new SplitPipeline(steps);
    }

    static ISplitter? Step(JsonElement part, string file)
    {
        switch (Json.Type(part))
        {
            case "ByteLevel":
                if (Json.IsTrue(part, "add_prefix_space")) throw Throw.UnsupportedTokenizer(file, "ByteLevel with add_prefix_space", "ByteLevel without it");
                bool splits = Json.Get(part, "use_regex").ValueKind != JsonValueKind.False;      // true where the file does not say
                return splits ? new RegexSplitter(Patterns.Compile(Patterns.Gpt2, file), file) : null;
            case "Digits":
                return new DigitSplitter(Json.IsTrue(part, "individual_digits"));
            case "Split":
                if (Json.Text(part, "behavior") is not "Isolated" and var behavior) throw Throw.UnsupportedTokenizer(file, $"Split with behavior '{behavior}'", Known);
                if (Json.IsTrue(part, "invert")) throw Throw.UnsupportedTokenizer(file, "Split with invert", Known);
                string pattern = Json.Text(Json.Get(part, "pattern"), "Regex") ?? throw Throw.UnsupportedTokenizer(file, "Split by something other than a regular expression", Known);
                return new RegexSplitter(Patterns.Compile(pattern, file), file);
            case var other:
                throw Throw.UnsupportedTokenizer(file, $"the pre-tokenizer '{other}'", Known);
        }
    }
}
