namespace Roast.Text;

/// <summary>The steps of a pre-tokenizer, one after another.</summary>
internal sealed class SplitPipeline(IReadOnlyList<ISplitter> steps)
{
    /// <summary>The pieces of a text, in order.</summary>
    internal List<Segment> Split(ReadOnlySpan<char> text)
    {
        List<Segment> pieces = [new Segment(0, text.Length)];
        if (steps.Count == 0) return pieces;
        var shadow = Shadow.Of(text);
        var seen = shadow is null ? text : shadow.Text;
        pieces[0] = new Segment(0, seen.Length);
        foreach (var step in steps)
        {
            var finer = new List<Segment>(pieces.Count + seen.Length / 4);
            step.Split(seen, pieces, finer);
            pieces = finer;
        }
        if (shadow is null) return pieces;
        for (int i = 0; i < pieces.Count; i++) pieces[i] = shadow.Original(pieces[i]);
        return pieces;
    }
}
