using System.Text;

namespace Roast.Formats;

/// <summary>The wording of refusals: what, where, expected, next.</summary>
static class BadSafetensors
{
    internal const int LongestQuote = 80;

    internal static RoastException File(string file, string found, string expected, Exception? inner = null) => new(RoastError.BadFile,
        $"{file}: {found}; expected {expected}. The file is damaged, cut short or not a safetensors file: fetch or write it again.", inner);

    /// <summary>A name or value from an untrusted file, short enough for a message and without control characters.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, LongestQuote))) quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        if (text.Length > LongestQuote) quoted.Append($"... ({text.Length} characters)");
        return quoted.Append('\'').ToString();
    }
}
