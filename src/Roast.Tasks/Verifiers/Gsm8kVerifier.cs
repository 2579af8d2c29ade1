namespace Roast.Tasks;

/// <summary>
/// Right is the answer's number where a response states its result: after the last <c>####</c>, else in the last
/// <c>\boxed{}</c>, else after the last "answer is", else the last number of all. <c>$1,234.50</c> equals <c>1234.5</c>,
/// <c>1/2</c> equals <c>0.5</c>; units and percent signs do not count.
/// </summary>
public sealed class Gsm8kVerifier : IVerifier
{
    internal const string Mark = "####";
    const string Statement = "answer is";

    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        if (Numeral.First(question.Answer) is not { } expected) return Verdict.Wrong($"the reference answer {Verdict.Shown(question.Answer)} has no number");
        var (found, where) = Find(response);
        return found is null ? Verdict.Wrong($"the response has no number; {expected} was expected") : new(found == expected, found == expected ? $"{where} is {found}" : $"{where} is {found}; {expected} was expected");
    }

    /// <summary>The number that a response states, normalised; <c>null</c> where it has none.</summary>
    internal static string? Result(string response) => Find(response).Number;

    static (string? Number, string Where) Find(string response)
    {
        if (After(response, Mark) is { } marked) return (marked, "the number after the last ####");
        if (Stated.LastBox(response) is { } box && InBox(box) is { } boxed) return (boxed, "the number in the last box");
        if (After(response, Statement) is { } stated) return (stated, "the number after \"answer is\"");
        return (Numeral.Last(response), "the last number");
    }

    static string? After(ReadOnlySpan<char> response, string sign)
    {
        int at = response.LastIndexOf(sign, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Numeral.First(response[(at + sign.Length)..]);
    }

    /// <summary>A box may hold a fraction in TeX.</summary>
    static string? InBox(string box) => MathText.Normalize(box) is var text && MathText.WholeFraction(text) is { } fraction ? Numeral.First(fraction) : Numeral.First(box);
}
