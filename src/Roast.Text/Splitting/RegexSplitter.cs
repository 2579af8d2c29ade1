using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Roast.Text;

/// <summary>Cuts at the matches of a pattern; a match is a piece, and so is what lies between two (behaviour Isolated).</summary>
/// <remarks>
/// Lookahead rules the linear-time engine out, and the pattern comes from a file: so a match has a time limit, and so
/// has the sum over a text, since a million slow matches would hang as well as one.
/// </remarks>
internal sealed class RegexSplitter(Regex regex, string file) : ISplitter
{
    /// <summary>Longest time for one match. Real patterns take microseconds.</summary>
    internal static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(2);

    /// <summary>Longest time for all matches in one text, beside <see cref="TextLimitPerMegachar"/> for each million characters.</summary>
    internal static readonly TimeSpan TextLimit = TimeSpan.FromSeconds(10);

    /// <summary>Added to <see cref="TextLimit"/> for each million characters; real patterns take a tenth of it on a slow machine.</summary>
    internal static readonly TimeSpan TextLimitPerMegachar = TimeSpan.FromSeconds(10);

    const int MatchesBetweenLooks = 16;                     // at the clock, which costs as much as a short match

    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, IReadOnlyList<Segment> pieces, List<Segment> finer)
    {
        long started = Stopwatch.GetTimestamp();
        var limit = TextLimit + TextLimitPerMegachar * (text.Length / 1e6);
        int matches = 0;
        try
        {
            foreach (var piece in pieces)
            {
                int position = piece.Start;
                foreach (var match in regex.EnumerateMatches(text[piece.Start..piece.End]))
                {
                    int start = piece.Start + match.Index;
                    if (start > position) finer.Add(new Segment(position, start));
                    if (match.Length > 0) finer.Add(new Segment(start, start + match.Length));
                    position = start + match.Length;
                    if (++matches % MatchesBetweenLooks == 0 && Stopwatch.GetElapsedTime(started) > limit) throw TooSlow(text.Length);
                }
                if (position < piece.End) finer.Add(new Segment(position, piece.End));
            }
        }
        catch (RegexMatchTimeoutException e) { throw TooSlow(text.Length, e); }
    }

    RoastException TooSlow(int characters, Exception? inner = null) => new(RoastError.Unsupported,
        $"{file}: the pattern of its pre_tokenizer takes too long on a text of {characters:N0} characters; the limit is {MatchLimit.TotalSeconds:0} s for a match and {TextLimit.TotalSeconds:0} s, or more for long texts, for all. " +
        "The file is damaged or hostile: fetch it again from the model's own page.", inner);
}
