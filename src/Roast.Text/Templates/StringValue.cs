namespace Roast.Text.Templates;

/// <summary>
/// A string that remembers which parts of it came from messages, through joining and trimming. So the template sees the
/// very text that it would see anywhere, and control tokens inside the foreign parts can still be kept from acting.
/// </summary>
/// <param name="text">The characters.</param>
/// <param name="foreign">The parts that the template's author did not write, ascending, neither empty nor touching.</param>
internal sealed class StringValue(string text, IReadOnlyList<Segment>? foreign = null) : Value
{
    internal string Text { get; } = text;

    internal IReadOnlyList<Segment> Foreign { get; } = foreign ?? [];

    internal override bool IsTrue => Text.Length > 0;

    internal override string Kind => "a string";

    /// <summary>Text that came in from outside.</summary>
    /// <exception cref="ArgumentNullException">A role or content is null.</exception>
    internal static StringValue FromOutside(string text) => new(text ?? throw new ArgumentNullException(nameof(text), "A message needs a role and a content; an empty one is ''."), text.Length == 0 ? [] : [new Segment(0, text.Length)]);

    internal StringValue Append(StringValue other)
    {
        if (Text.Length == 0) return other;
        if (other.Foreign.Count == 0) return new StringValue(Text + other.Text, Foreign);
        var parts = new List<Segment>(Foreign);
        Add(parts, other.Foreign, Text.Length);
        return new StringValue(Text + other.Text, parts);
    }

    /// <summary>Without white space at both ends, as Python sees it: U+001C to U+001F count, unlike in .NET.</summary>
    internal StringValue Trim()
    {
        (int start, int end) = (0, Text.Length);
        while (start < end && IsSpace(Text[start])) start++;
        while (end > start && IsSpace(Text[end - 1])) end--;
        var parts = new List<Segment>();
        foreach (var part in Foreign)
            if (Math.Max(part.Start, start) < Math.Min(part.End, end)) parts.Add(new Segment(Math.Max(part.Start, start) - start, Math.Min(part.End, end) - start));
        return new StringValue(Text[start..end], parts);
    }

    static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001C' and <= '\u001F';

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
}
