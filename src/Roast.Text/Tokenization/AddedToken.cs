namespace Roast.Text;

/// <summary>A token that is cut out of the text before anything else happens to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text, matched exactly.</param>
/// <param name="IsSpecial">A control token: left out of decoded text on request, plain text under <see cref="ControlTokens.SplitSpecial"/>.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial)
{
    /// <summary>White space in front of it belongs to it.</summary>
    internal bool TakesSpaceBefore { get; init; }

    /// <summary>White space behind it belongs to it.</summary>
    internal bool TakesSpaceAfter { get; init; }

    /// <summary>It counts only where no letter, digit or underscore touches it.</summary>
    internal bool IsWord { get; init; }

    /// <summary>It is searched in normalized text, in its own normal form.</summary>
    internal bool IsNormalized { get; init; }
}
