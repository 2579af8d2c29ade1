using System.Buffers;
using System.Text;

namespace Roast.Text;

/// <summary>
/// Unicode normalization forms C and D. <see cref="string.Normalize()"/> cannot serve: under InvariantGlobalization, which
/// Roast's programs use to start without ICU, it returns its input, and elsewhere its tables are those of the machine.
/// </summary>
/// <param name="composes">Form C: marks are joined to their letters again.</param>
internal sealed class Nfc(bool composes) : ITextNormalizer
{
    static readonly SearchValues<char> BelowMarks = SearchValues.Create([.. Enumerable.Range(0, 0x300).Select(x => (char)x)]);

    static readonly SearchValues<char> Ascii = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(x => (char)x)]);

    /// <summary>Form C.</summary>
    internal static Nfc Instance { get; } = new(composes: true);

    /// <inheritdoc/>
    public string? Normalize(ReadOnlySpan<char> text, bool isFirst = true)
    {
        if (!text.ContainsAnyExcept(composes ? BelowMarks : Ascii) || (composes && IsSettled(text))) return null;
        var codes = Decompose(text);
        Order(codes);
        if (composes) Compose(codes);
        var result = new StringBuilder(text.Length);
        Span<char> pair = stackalloc char[2];
        foreach (int code in codes) result.Append(pair[..new Rune(code).EncodeToUtf16(pair)]);
        return result.ToString();
    }

    static bool IsSettled(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!NfcData.Instance.IsSettled(rune.Value)) return false;
        return true;
    }

    static List<int> Decompose(ReadOnlySpan<char> text)
    {
        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Add(rune.Value);
        return codes;

        void Add(int code)
        {
            if (Hangul.TryDecompose(code, out int lead, out int vowel, out int tail))
            {
                codes.Add(lead);
                codes.Add(vowel);
                if (tail > 0) codes.Add(tail);
            }
            else if (NfcData.Instance.TryDecompose(code, out var parts))
            {
                Add(parts.First);                           // at most three steps deep in Unicode's data
                if (parts.Second >= 0) codes.Add(parts.Second);
            }
            else codes.Add(code);
        }
    }

    /// <summary>Sorts each run of marks by combining class, keeping the order of equal ones.</summary>
    static void Order(List<int> codes)
    {
        for (int start = 0; start < codes.Count;)
        {
            int end = start;
            while (end < codes.Count && NfcData.Instance.Class(codes[end]) != 0) end++;
            if (end - start > 1)
            {
                int[] sorted = [.. codes.GetRange(start, end - start).OrderBy(c => NfcData.Instance.Class(c))];   // OrderBy is stable
                for (int i = 0; i < sorted.Length; i++) codes[start + i] = sorted[i];
            }
            start = end + 1;
        }
    }

    /// <summary>Joins each mark to the last starter unless something of its class or higher stands between, in place.</summary>
    static void Compose(List<int> codes)
    {
        (int starter, int written, int last) = (-1, 0, 0);
        foreach (int code in codes.ToArray())
        {
            int combining = NfcData.Instance.Class(code);
            bool adjacent = starter == written - 1, free = adjacent || (last != 0 && last < combining);
            if (starter >= 0 && free && TryJoin(codes[starter], code, out int composite)) { codes[starter] = composite; continue; }
            if (combining == 0) starter = written;
            last = combining;
            codes[written++] = code;
        }
        codes.RemoveRange(written, codes.Count - written);
    }

    static bool TryJoin(int first, int second, out int composite) =>
        Hangul.TryCompose(first, second, out composite) || NfcData.Instance.TryCompose(first, second, out composite);
}
