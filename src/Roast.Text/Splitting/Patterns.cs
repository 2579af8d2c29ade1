using System.Text.RegularExpressions;

namespace Roast.Text;

/// <summary>The patterns of tokenizers as .NET regular expressions. The well-known ones are scanned by hand instead.</summary>
internal static class Patterns
{
    /// <summary>GPT-2's pattern: what ByteLevel splits by.</summary>
    internal const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>The pattern of Qwen 2 and 3: a digit at a time.</summary>
    internal const string Qwen = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The pattern of Llama 3: up to three digits at a time.</summary>
    internal const string Llama3 = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Longest pattern that is compiled; known ones have under 400 characters.</summary>
    internal const int MaxLength = 4096;

    /// <summary>Cuts at the matches of a pattern, each a piece.</summary>
    internal static ISplitter Splitter(string pattern, string file) => pattern switch
    {
        Gpt2 => new WordScanner(isGpt2: true, digits: int.MaxValue),
        Qwen => new WordScanner(isGpt2: false, digits: 1),
        Llama3 => new WordScanner(isGpt2: false, digits: 3),
        _ => new RegexSplitter(Compile(pattern, file), file),
    };

    /// <summary>Makes the regular expression of a pattern, untrusted text from <paramref name="file"/>.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: too long, or it says something that .NET does not, or would read otherwise.</exception>
    internal static Regex Compile(string pattern, string file)
    {
        if (pattern.Length > MaxLength) throw Throw.UnsupportedTokenizer(file, $"a pattern of {pattern.Length:N0} characters", $"patterns of up to {MaxLength:N0}");
        string translated = PatternTranslator.Translate(pattern, file);
        try { return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.Compiled, RegexSplitter.MatchLimit); }
        catch (ArgumentException e)
        {
            throw new RoastException(RoastError.Unsupported, $"{file} splits text by the pattern '{pattern}', which .NET cannot read: {e.Message} Use a model with a tokenizer such as Qwen's or SmolLM2's.", e);
        }
    }
}
