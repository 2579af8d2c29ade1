using System.Globalization;
using Roast.Formats;

namespace Roast.Onnx;

/// <summary>Strengths to sweep, as a person writes them: <c>0.05,0.1,0.2</c>, or <c>0.05..2</c> for a logarithmic grid.</summary>
public static class StrengthGrid
{
    /// <summary>Strengths of a grid that is given by its ends.</summary>
    public const int DefaultCount = 12;

    /// <summary>Most strengths of one sweep: each is a row per question.</summary>
    public const int MaxCount = 1000;

    /// <summary><paramref name="count"/> strengths from <paramref name="first"/> to <paramref name="last"/>, each the same factor above the one before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt; first &lt; last, an end that is not finite, or fewer than 2 strengths.</exception>
    public static IReadOnlyList<float> Logarithmic(float first, float last, int count = DefaultCount)
    {
        if (!(first > 0) || !(last > first) || !float.IsFinite(last))
            throw new ArgumentOutOfRangeException(nameof(first), $"{first}..{last} is no grid of strengths: the first must be above 0 and the last above the first, such as 0.05..2.");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        double step = Math.Log((double)last / first) / (count - 1);
        var strengths = Enumerable.Range(0, count).Select(i => (float)(first * Math.Exp(step * i))).ToArray();
        strengths[^1] = last;                               // exp(log) may miss it by a bit
        return strengths;
    }

    /// <summary>Reads a list or a grid.</summary>
    /// <exception cref="FormatException">Neither; the message shows both forms.</exception>
    public static IReadOnlyList<float> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Split("..") is [var first, var last] && Number(first) is { } from and > 0 && Number(last) is { } to && to > from)
            return Logarithmic(from, to);
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var strengths = parts.Select(Number).OfType<float>().ToArray();
        if (strengths.Length != parts.Length || strengths.Length > MaxCount || strengths.Distinct().Count() != strengths.Length)
            throw new FormatException($"'{text}' is no list of strengths. Write finite numbers, each once, at most {MaxCount}, such as 0.05,0.1,0.2, or the ends of a logarithmic grid of {DefaultCount}, such as 0.05..2.");
        return strengths;
    }

    static float? Number(string text) => NumberText.TryParse(text, NumberStyles.Float, out float value) && float.IsFinite(value) ? value : null;
}
