namespace Roast.Tasks;

/// <summary>Where a response states its answer.</summary>
internal static class Stated
{
    static readonly string[] Signs = ["answer is", "answer:", "answer**:"];
    static readonly string[] Boxes = ["\\boxed", "\\fbox"];

    /// <summary>What follows the last "answer is" or "answer:"; <c>null</c> where there is none.</summary>
    internal static string? AfterSign(string response)
    {
        int end = -1;
        foreach (string sign in Signs)
            if (response.LastIndexOf(sign, StringComparison.OrdinalIgnoreCase) is >= 0 and var at) end = Math.Max(end, at + sign.Length);
        return end < 0 ? null : response[end..];
    }

    /// <summary>What stands in the last <c>\boxed{}</c> or <c>\fbox{}</c>, braces nested to any depth; a box without braces holds one word. <c>null</c> where there is none.</summary>
    internal static string? LastBox(string response)
    {
        int end = -1;
        foreach (string box in Boxes)
            if (response.LastIndexOf(box, StringComparison.Ordinal) is >= 0 and var at) end = Math.Max(end, at + box.Length);
        if (end < 0) return null;
        var rest = response.AsSpan(end).TrimStart();
        if (rest.IsEmpty || rest[0] != '{') return Word(rest).ToString();
        int depth = 0;
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '\\') i++;                       // an escaped brace opens and closes nothing
            else if (rest[i] == '{') depth++;
            else if (rest[i] == '}' && --depth == 0) return rest[1..i].ToString();
        }
        return rest[1..].ToString();                        // cut short by the length limit
    }

    static ReadOnlySpan<char> Word(ReadOnlySpan<char> text) => text.IndexOfAny(" \t\r\n$") is >= 0 and var end ? text[..end] : text;
}
