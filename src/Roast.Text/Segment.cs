namespace Roast.Text;

/// <summary>A part of a text, in UTF-16 units: from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct Segment(int Start, int End)
{
    internal int Length => End - Start;
}
