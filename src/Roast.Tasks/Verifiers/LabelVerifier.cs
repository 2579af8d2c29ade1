namespace Roast.Tasks;

/// <summary>
/// Right is the answer's label where a response states one: in its last <c>\boxed{}</c>, else after its last "answer is" or
/// "answer:", else the first label in it. A label is a whole word or phrase: Norway is not no. Of two that begin at one place the longer counts.
/// </summary>
public sealed class LabelVerifier : IVerifier
{
    readonly string[][] _labels;

    /// <summary>Knows these labels.</summary>
    /// <param name="labels">Each with its other spellings; at least two, none blank.</param>
    public LabelVerifier(IReadOnlyList<IReadOnlyList<string>> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count < 2) throw new ArgumentException($"{labels.Count} labels: at least two are needed to tell right from wrong.", nameof(labels));
        if (labels.Any(label => label.Count == 0 || label.Any(string.IsNullOrWhiteSpace))) throw new ArgumentException("A label is blank.", nameof(labels));
        _labels = [.. labels.Select(label => label.Select(spelling => spelling.Trim()).ToArray())];
    }

    /// <summary>Yes and no, or true and false.</summary>
    public static LabelVerifier YesNo { get; } = new([["yes", "true"], ["no", "false"]]);

    /// <inheritdoc/>
    public Verdict Check(Question question, string response)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(response);
        string answer = question.Answer.Trim();
        var expected = _labels.FirstOrDefault(label => label.Contains(answer, StringComparer.OrdinalIgnoreCase));
        if (expected is null) return Verdict.Wrong($"the reference answer {Verdict.Shown(question.Answer)} is no label; the labels are {Names()}");
        var found = (Stated.LastBox(response) is { } box ? First(box) : null) ?? (Stated.AfterSign(response) is { } stated ? First(stated) : null) ?? First(response);
        return found is null
            ? Verdict.Wrong($"the response {Verdict.Shown(response)} has none of the labels {Names()}")
            : new(found == expected, found == expected ? $"the label is {found[0]}" : $"the label is {found[0]}; {expected[0]} was expected");
    }

    string[]? First(string text)
    {
        (string[]? found, int place, int length) = (null, int.MaxValue, 0);
        foreach (string[] label in _labels)
            foreach (string spelling in label)
                if (PlainText.IndexOfWord(text, spelling) is >= 0 and var at && (at < place || (at == place && spelling.Length > length)))
                    (found, place, length) = (label, at, spelling.Length);
        return found;
    }

    string Names() => string.Join(", ", _labels.Select(label => label[0]));
}
