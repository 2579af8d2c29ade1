namespace Roast.Tasks;

/// <summary>What a verifier decided, and why.</summary>
/// <param name="IsCorrect">Whether the response answers the question.</param>
/// <param name="Reason">One sentence for a person: what was found where the answer was looked for, and what was expected.</param>
public readonly record struct Verdict(bool IsCorrect, string Reason)
{
    const int MostShown = 120;                              // characters of a response in a reason

    /// <summary>Right.</summary>
    public static Verdict Right(string reason) => new(true, reason);

    /// <summary>Wrong.</summary>
    public static Verdict Wrong(string reason) => new(false, reason);

    /// <summary>A piece of a response as it may stand in a reason: one line, in quotation marks, no longer than a line.</summary>
    internal static string Shown(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > MostShown ? $"'{line[..(char.IsHighSurrogate(line[MostShown - 1]) ? MostShown - 1 : MostShown)]}...'" : $"'{line}'";
    }
}
