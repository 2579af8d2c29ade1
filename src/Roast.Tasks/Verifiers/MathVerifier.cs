namespace Roast.Tasks;

/// <summary>
/// Right is the answer's expression in a response's last <c>\boxed{}</c> (or <c>\fbox{}</c>): the same once both are normalised
/// (spacing, fraction and root commands, units, degree, percent and currency signs), or of the same value where both are
/// numbers; tuples and intervals part by part with their brackets, sets and bare lists in any order. A response without a box counts after its "answer is".
/// </summary>
public sealed class MathVerifier : IVerifier
{
    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        string? found = Stated.LastBox(response), where = found is null ? "what follows \"answer is\"" : "the last box";
        found ??= Stated.AfterSign(response) is { } stated ? stated.Split('\n')[0].Trim().Trim(':', '*', ' ') : null;
        if (found is null) return Verdict.Wrong($"the response has no \\boxed{{}}; {Verdict.Shown(question.Answer)} was expected in one");
        if (string.IsNullOrWhiteSpace(found)) return Verdict.Wrong($"{where} is empty; {Verdict.Shown(question.Answer)} was expected");
        (string expected, string actual) = (MathText.Normalize(question.Answer), MathText.Normalize(found));
        if (actual == expected) return Verdict.Right($"{where} holds {Verdict.Shown(found)}");
        return Same(expected, actual)
            ? Verdict.Right($"{where} holds {Verdict.Shown(found)}, of the same value as {Verdict.Shown(question.Answer)}")
            : Verdict.Wrong($"{where} holds {Verdict.Shown(found)}; {Verdict.Shown(question.Answer)} was expected");
    }

    static bool Same(string expected, string actual)
    {
        if (expected == actual || MathValue.Same(expected, actual)) return true;
        if (expected.Length > MathText.MaxLength || actual.Length > MathText.MaxLength) return false;
        var (a, b) = (Structure(expected), Structure(actual));
        if (a.Brackets != b.Brackets || a.Parts.Count != b.Parts.Count || a.Parts.Count > 64 || (a.Parts.Count == 1 && a.Brackets == "")) return false;
        if (a.Brackets is not ("\\{\\}" or "")) return a.Parts.Zip(b.Parts).All(pair => Same(pair.First, pair.Second));
        var left = b.Parts.ToList();                        // a set: every element finds one of its own
        return a.Parts.All(part => left.FindIndex(other => Same(part, other)) is >= 0 and var at && RemoveAt(left, at));
    }

    static (string Brackets, List<string> Parts) Structure(string text)
    {
        if (text.StartsWith("\\{", StringComparison.Ordinal) && text.EndsWith("\\}", StringComparison.Ordinal) && text.Length >= 4) return ("\\{\\}", MathText.Parts(text[2..^2]));
        return text.Length > 2 && text[0] is '(' or '[' && text[^1] is ')' or ']' && text.IndexOf(',') > 0 ? ($"{text[0]}{text[^1]}", MathText.Parts(text[1..^1])) : ("", MathText.Parts(text));
    }

    static bool RemoveAt(List<string> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }
}
