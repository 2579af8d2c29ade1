namespace Roast.Text;

/// <summary>Cuts at matches and treats them as a <see cref="MatchBehavior"/> says.</summary>
/// <param name="matches">Finds the matches: a splitter whose pieces are the matches and what lies between them.</param>
/// <param name="isMatch">Whether a piece that it gives is a match.</param>
/// <param name="behavior">What becomes of matches.</param>
/// <param name="inverts">Matches and what lies between them change roles.</param>
internal sealed class BehaviorSplitter(ISplitter matches, BehaviorSplitter.Test isMatch, MatchBehavior behavior, bool inverts) : ISplitter
{
    /// <summary>Whether a piece is a match.</summary>
    internal delegate bool Test(ReadOnlySpan<char> piece);

    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IReadOnlyList<Segment> pieces, List<Segment> finer)
    {
        var parts = new List<Segment>();
        foreach (var piece in pieces)
        {
            parts.Clear();
            matches.Split(text, [piece], parts);
            bool? previous = null;
            for (int i = 0; i < parts.Count; i++)
            {
                bool match = IsMatch(text, parts[i]);
                bool joins = behavior switch
                {
                    MatchBehavior.MergedWithPrevious => match && previous == false,
                    MatchBehavior.MergedWithNext => !match && previous == true,
                    MatchBehavior.Contiguous => match == previous,
                    _ => false,
                };
                if (behavior == MatchBehavior.Removed && match) { }
                else if (joins) finer[^1] = finer[^1] with { End = parts[i].End };
                else finer.Add(parts[i]);
                previous = match;
            }
        }
    }

    bool IsMatch(ReadOnlySpan<char> text, Segment part) => isMatch(text[part.Start..part.End]) != inverts;
}
