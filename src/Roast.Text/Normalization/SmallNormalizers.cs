using System.Text;
using System.Text.RegularExpressions;

namespace Roast.Text;

/// <summary>Several normalizers, one after another.</summary>
internal sealed class NormalizerSequence(IReadOnlyList<ITextNormalizer> steps) : ITextNormalizer
{
    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true)
    {
        string? changed = null;
        foreach (var step in steps) changed = step.Normalize(changed ?? text, isFirst) ?? changed;
        return changed;
    }
}

/// <summary>Small letters, without a culture.</summary>
internal sealed class Lowercase : ITextNormalizer
{
    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true)
    {
        string lower = text.ToString().ToLowerInvariant();
        return text.SequenceEqual(lower) ? null : lower;
    }
}

/// <summary>Every occurrence of a text replaced by another.</summary>
internal sealed class ReplaceText(string old, string replacement) : ITextNormalizer
{
    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true) =>
        text.Contains(old, StringComparison.Ordinal) ? text.ToString().Replace(old, replacement, StringComparison.Ordinal) : null;
}

/// <summary>Every match of a pattern replaced by a text, which is taken letter by letter.</summary>
internal sealed class ReplacePattern(Regex pattern, string replacement, string file) : ITextNormalizer
{
    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true)
    {
        var shadow = Shadow.Of(text);
        (var result, int position) = (new StringBuilder(text.Length), 0);
        try
        {
            foreach (var match in pattern.EnumerateMatches(shadow is null ? text : shadow.Text))
            {
                var found = new Segment(match.Index, match.Index + match.Length);
                if (shadow is not null) found = shadow.Original(found);
                result.Append(text[position..found.Start]).Append(replacement);
                position = found.End;
            }
        }
        catch (RegexMatchTimeoutException e) { throw new RoastException(RoastError.Unsupported, $"{file}: the pattern of its normalizer takes too long on a text of {text.Length:N0} characters. The file is damaged or hostile: fetch it again.", e); }
        return position == 0 && result.Length == 0 ? null : result.Append(text[position..]).ToString();
    }
}

/// <summary>A text in front. <paramref name="always"/>: of every part, else of the first only; <paramref name="twice"/>: also where it stands there already.</summary>
internal sealed class PrependText(string prefix, bool always, bool twice) : ITextNormalizer
{
    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true) =>
        (always || isFirst) && (twice || !text.StartsWith(prefix, StringComparison.Ordinal)) ? string.Concat(prefix, text) : null;
}

/// <summary>White space at the ends taken away.</summary>
internal sealed class StripSpace(bool left, bool right) : ITextNormalizer
{
    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true)
    {
        var kept = left ? text.TrimStart() : text;
        if (right) kept = kept.TrimEnd();
        return kept.Length == text.Length ? null : kept.ToString();
    }
}
