namespace Roast.Text;

/// <summary>A token that is cut out of the text before anything else happens to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text, matched exactly.</param>
/// <param name="IsSpecial">A control token: left out of decoded text on request, plain text under <see cref="ControlTokens.SplitSpecial"/>.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial);
