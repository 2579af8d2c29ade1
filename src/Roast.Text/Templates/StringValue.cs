using System.Text;

namespace Roast.Text.Templates;

/// <summary>
/// A string that remembers which parts of it came from outside, through all that a template does with it. So the template sees the
/// very text that it would see anywhere, and control tokens inside the foreign parts can still be kept from acting.
/// </summary>
/// <param name="text">The characters.</param>
/// <param name="foreign">The parts that the template's author did not write, ascending, neither empty nor touching.</param>
internal sealed class StringValue(string text, IReadOnlyList<Segment>? foreign = null) : Value
{
    /// <summary>Longest string, in UTF-16 units. No model reads as much.</summary>
    internal const int MaxLength = 32 * 1024 * 1024;

    internal static StringValue Empty { get; } = new("");

    internal string Text { get; } = text.Length <= MaxLength ? text : throw TooLong();

    internal IReadOnlyList<Segment> Foreign { get; } = foreign ?? [];

    internal override bool IsTrue => Text.Length > 0;

    internal override string Kind => "a string";

    internal override long Weight => 1 + Text.Length;

    /// <summary>Text that came in from outside.</summary>
    /// <exception cref="ArgumentNullException">A role or content is null.</exception>
    internal static StringValue FromOutside(string text) => new(text ?? throw new ArgumentNullException(nameof(text), "A message needs a role and a content; an empty one is ''."), text.Length == 0 ? [] : [new Segment(0, text.Length)]);

    /// <summary>A text made from others in a way that does not tell which part is whose: foreign as a whole where one of them is in part.</summary>
    internal static StringValue MadeFrom(string text, params ReadOnlySpan<Value> sources)
    {
        foreach (var source in sources)
            if (source is StringValue { Foreign.Count: > 0 }) return FromOutside(text);
        return new StringValue(text);
    }

    internal StringValue Append(StringValue other)
    {
        if ((long)Text.Length + other.Text.Length > MaxLength) throw TooLong();
        if (Text.Length == 0) return other;
        if (other.Foreign.Count == 0) return new StringValue(Text + other.Text, Foreign);
        var parts = new List<Segment>(Foreign);
        Add(parts, other.Foreign, Text.Length);
        return new StringValue(Text + other.Text, parts);
    }

    /// <summary>Several strings with another between them.</summary>
    internal static StringValue Join(StringValue between, IReadOnlyList<StringValue> items)
    {
        long length = items.Sum(item => (long)item.Text.Length) + (long)between.Text.Length * Math.Max(0, items.Count - 1);
        if (length > MaxLength) throw TooLong();
        var (text, parts) = (new StringBuilder((int)length), new List<Segment>());
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0) Put(between);
            Put(items[i]);
        }
        return new StringValue(text.ToString(), parts);

        void Put(StringValue item)
        {
            Add(parts, item.Foreign, text.Length);
            text.Append(item.Text);
        }
    }

    /// <summary>The characters from <paramref name="start"/> up to, not including, <paramref name="end"/>, in UTF-16 units.</summary>
    internal StringValue Cut(int start, int end)
    {
        if (start == 0 && end == Text.Length) return this;
        var parts = new List<Segment>();
        for (int i = FirstEndingBehind(start); i < Foreign.Count && Foreign[i].Start < end; i++)
            if (Math.Max(Foreign[i].Start, start) < Math.Min(Foreign[i].End, end)) parts.Add(new Segment(Math.Max(Foreign[i].Start, start) - start, Math.Min(Foreign[i].End, end) - start));
        return new StringValue(Text[start..end], parts);
    }

    // Searched by halves: a text is cut in as many places as it has parts.
    int FirstEndingBehind(int start)
    {
        (int low, int high) = (0, Foreign.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Foreign[middle].End <= start) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>The same text changed letter by letter, such as into upper case.</summary>
    internal StringValue Changed(string changed) => changed.Length == Text.Length ? new StringValue(changed, Foreign) : MadeFrom(changed, this);

    /// <summary>Without the given characters at the ends; <c>null</c>: without white space.</summary>
    internal StringValue Trim(string? characters = null, bool start = true, bool end = true)
    {
        (int from, int to) = (0, Text.Length);
        while (start && from < to && Goes(Text[from])) from++;
        while (end && to > from && Goes(Text[to - 1])) to--;
        return Cut(from, to);

        bool Goes(char c) => characters is null ? IsSpace(c) : characters.Contains(c);
    }

    /// <summary>White space as Python sees it: U+001C to U+001F count, unlike in .NET.</summary>
    internal static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';

    /// <summary>Appends parts, moved by <paramref name="offset"/>; one that touches the last is joined to it.</summary>
    internal static void Add(List<Segment> parts, IReadOnlyList<Segment> more, int offset)
    {
        foreach (var part in more)
        {
            var moved = new Segment(part.Start + offset, part.End + offset);
            if (parts.Count > 0 && parts[^1].End == moved.Start) parts[^1] = parts[^1] with { End = moved.End };
            else parts.Add(moved);
        }
    }

    static Fault TooLong() => new($"a string grows beyond {MaxLength:N0} characters");
}
