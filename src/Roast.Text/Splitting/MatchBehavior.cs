namespace Roast.Text;

/// <summary>What becomes of the matches of a Split: <c>behavior</c> of tokenizer.json.</summary>
internal enum MatchBehavior
{
    /// <summary>A match is a piece, and so is what lies between two.</summary>
    Isolated,
    /// <summary>Matches are dropped.</summary>
    Removed,
    /// <summary>A match ends the piece in front of it.</summary>
    MergedWithPrevious,
    /// <summary>A match begins the piece behind it.</summary>
    MergedWithNext,
    /// <summary>Matches that touch each other are one piece.</summary>
    Contiguous,
}
