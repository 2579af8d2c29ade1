namespace Roast.Tasks;

/// <summary>
/// Right is the answer's number where a response states its result: after the last <c>####</c>, else in the last
/// <c>\boxed{}</c>, else after the last "answer is", else the last number of all. <c>$1,234.50</c> equals <c>1234.5</c>.
/// </summary>
public sealed class Gsm8kVerifier : IVerifier
{
    internal const string Mark = "####";
    const string Box = "\\boxed{", Statement = "answer is";

    /// <inheritdoc/>
    public bool IsCorrect(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        return Numeral.First(question.Answer) is { } expected && Result(response) == expected;
    }

    /// <summary>The number that a response states, normalised; <c>null</c> where it has none.</summary>
    internal static string? Result(string response) =>
        After(response, Mark) ?? LastBox(response) ?? After(response, Statement) ?? Numeral.Last(response);

    static string? After(ReadOnlySpan<char> response, string sign)
    {
        int at = response.LastIndexOf(sign, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Numeral.First(response[(at + sign.Length)..]);
    }

    static string? LastBox(ReadOnlySpan<char> response)
    {
        int start = response.LastIndexOf(Box, StringComparison.Ordinal);
        if (start < 0) return null;
        var inside = response[(start + Box.Length)..];
        int depth = 1;
        for (int i = 0; i < inside.Length; i++)
        {
            depth += inside[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0) return Numeral.First(inside[..i]);
        }
        return Numeral.First(inside);                       // cut short by the length limit
    }
}
