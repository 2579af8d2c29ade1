using System.Text.Json;

namespace Roast.Text;

/// <summary>The <c>pre_tokenizer</c> of a tokenizer.json as code. A further type is a further arm here.</summary>
/// <param name="Pipeline">The steps, in order.</param>
/// <param name="Prepare">What ByteLevel and Metaspace change in the text before it is split; <c>null</c>: nothing.</param>
/// <param name="IsByteLevel">Whether the model sees bytes (ByteLevel) or characters.</param>
internal sealed record PreTokenizerParts(SplitPipeline Pipeline, ITextNormalizer? Prepare, bool IsByteLevel)
{
    /// <summary>SentencePiece's sign for a space.</summary>
    const string Space = "▁";

    const string Known = "Split, Digits, ByteLevel, Metaspace, sequences of them, or none";

    /// <summary>Reads the element.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: another type or setting.</exception>
    internal static PreTokenizerParts Read(JsonElement preTokenizer, string file)
    {
        JsonElement[] parts = preTokenizer.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? []
            : Json.Type(preTokenizer) == "Sequence" ? [.. Json.Get(preTokenizer, "pretokenizers").EnumerateArray()] : [preTokenizer];
        var steps = new List<ISplitter>();
        var prepare = new List<ITextNormalizer>();
        for (int i = 0; i < parts.Length; i++)
        {
            string type = Json.Type(parts[i]);
            if (type == "ByteLevel" && i < parts.Length - 1) throw Throw.UnsupportedTokenizer(file, "ByteLevel in front of another pre-tokenizer", "ByteLevel at the end");
            if (type == "ByteLevel" && Json.IsTrue(parts[i], "add_prefix_space")) Before(i, "ByteLevel with add_prefix_space", new PrependText(" ", always: true, twice: false));
            if (type == "Metaspace") Before(i, type, Metaspace(parts[i], file));
            if (Step(parts[i], type, file) is { } step) steps.Add(step);
        }
        return new PreTokenizerParts(new SplitPipeline(steps), prepare.Count > 0 ? new NormalizerSequence(prepare) : null, parts is [.., var last] && Json.Type(last) == "ByteLevel");

        void Before(int position, string what, ITextNormalizer change)
        {
            if (position > 0) throw Throw.UnsupportedTokenizer(file, $"{what} behind another pre-tokenizer", $"{what} at the beginning");
            prepare.Add(change);
        }
    }

    static ISplitter? Step(JsonElement part, string type, string file)
    {
        switch (type)
        {
            case "ByteLevel":
                bool splits = Json.Get(part, "use_regex").ValueKind != JsonValueKind.False;      // true where the file does not say
                return splits ? Patterns.Splitter(Patterns.Gpt2, file) : null;
            case "Digits":
                return new DigitSplitter(Json.IsTrue(part, "individual_digits"));
            case "Metaspace":
                return Json.Get(part, "split").ValueKind == JsonValueKind.False ? null
                    : new BehaviorSplitter(new TextSplitter(Space), piece => piece.SequenceEqual(Space), MatchBehavior.MergedWithNext, inverts: false);
            case "Split":
                return Split(part, file);
            default:
                throw Throw.UnsupportedTokenizer(file, $"the pre-tokenizer '{type}'", Known);
        }
    }

    static ISplitter Split(JsonElement part, string file)
    {
        string name = Json.Text(part, "behavior") ?? "Isolated";
        // Enum.TryParse alone would also take "3" and "Removed,Isolated".
        if (!Enum.GetNames<MatchBehavior>().Contains(name) || !Enum.TryParse(name, out MatchBehavior behavior)) throw Throw.UnsupportedTokenizer(file, $"Split with behavior '{name}'", string.Join(", ", Enum.GetNames<MatchBehavior>()));
        bool inverts = Json.IsTrue(part, "invert");
        var pattern = Json.Get(part, "pattern");
        if (Json.Text(pattern, "String") is { Length: > 0 } text) return new BehaviorSplitter(new TextSplitter(text), piece => piece.SequenceEqual(text), behavior, inverts);
        string source = Json.Text(pattern, "Regex") ?? throw Throw.UnsupportedTokenizer(file, "Split by something other than a text or a regular expression", Known);
        if (behavior == MatchBehavior.Isolated) return Patterns.Splitter(source, file);
        var regex = Patterns.Compile(source, file);
        return new BehaviorSplitter(new RegexSplitter(regex, file), piece => IsWhole(regex, piece), behavior, inverts);
    }

    /// <summary>A piece that lies between two matches is none itself, unless the pattern looks around, and those are rare here.</summary>
    static bool IsWhole(System.Text.RegularExpressions.Regex regex, ReadOnlySpan<char> piece)
    {
        foreach (var match in regex.EnumerateMatches(piece)) return match.Index == 0 && match.Length == piece.Length;
        return false;
    }

    static NormalizerSequence Metaspace(JsonElement part, string file)
    {
        string replacement = Json.Text(part, "replacement") ?? Space;
        if (replacement != Space) throw Throw.UnsupportedTokenizer(file, $"Metaspace with '{replacement}'", $"Metaspace with '{Space}'");
        string scheme = Json.Text(part, "prepend_scheme") ?? (Json.Get(part, "add_prefix_space").ValueKind == JsonValueKind.False ? "never" : "always");
        var replace = new ReplaceText(" ", Space);
        return scheme switch
        {
            "never" => new NormalizerSequence([replace]),
            "always" or "first" => new NormalizerSequence([replace, new PrependText(Space, always: scheme == "always", twice: false)]),
            _ => throw Throw.UnsupportedTokenizer(file, $"Metaspace with prepend_scheme '{scheme}'", "always, first and never"),
        };
    }
}
