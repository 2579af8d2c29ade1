namespace Roast.Tasks;

/// <summary>What must be in a response, and how it begins and ends.</summary>
internal static class ContentInstructions
{
    const string Parting = "******";

    /// <summary>Placeholders in square brackets, such as [address], each within one line.</summary>
    internal static Func<string, string?> Placeholders(InstructionArguments arguments)
    {
        var bound = new Bound(AtLeast: true, arguments.Number("num_placeholders"));
        return response => bound.Fault(response.Split('\n').Sum(CountBrackets), "placeholders in square brackets");
    }

    /// <summary>A postscript that begins with a marker; between the letters of P.S. and P.P.S one space may stand.</summary>
    internal static Func<string, string?> Postscript(InstructionArguments arguments)
    {
        string marker = arguments.Text("postscript_marker").Trim();
        string[] spellings = marker switch
        {
            "P.S." => ["p.s.", "p. s."],
            "P.P.S" => ["p.p.s", "p. p.s", "p.p. s", "p. p. s"],
            _ => [marker],
        };
        return response => spellings.Any(spelling => response.Contains(spelling, StringComparison.OrdinalIgnoreCase)) ? null : $"no postscript '{marker}'";
    }

    /// <summary>Two different responses, parted by six asterisks.</summary>
    internal static Func<string, string?> TwoResponses(InstructionArguments arguments) => response =>
    {
        string[] parts = response.Split(Parting);
        for (int i = 1; i < parts.Length - 1; i++)
            if (string.IsNullOrWhiteSpace(parts[i])) return $"part {i + 1} between '{Parting}' is empty";
        string[] texts = [.. parts.Select(part => part.Trim()).Where(part => part.Length > 0)];
        return texts.Length != 2 ? $"{texts.Length} responses parted by '{Parting}'; 2 expected" : texts[0] == texts[1] ? "the two responses are the same" : null;
    };

    /// <summary>The response begins with the request.</summary>
    internal static Func<string, string?> RepeatPrompt(InstructionArguments arguments)
    {
        string prompt = arguments.Text("prompt_to_repeat").Trim().ToLowerInvariant();
        return response => response.Trim().ToLowerInvariant().StartsWith(prompt, StringComparison.Ordinal) ? null : "the response does not begin with the request";
    }

    /// <summary>The response ends with a phrase; quotation marks around all of it are allowed.</summary>
    internal static Func<string, string?> End(InstructionArguments arguments)
    {
        string phrase = arguments.Text("end_phrase").Trim();
        return response => response.Trim().Trim('"').EndsWith(phrase, StringComparison.OrdinalIgnoreCase) ? null : $"the response does not end with {Verdict.Shown(phrase)}";
    }

    /// <summary>Double quotation marks stand around the whole response.</summary>
    internal static Func<string, string?> Quotation(InstructionArguments arguments) => response =>
        response.Trim() is { Length: > 1 } text && text[0] == '"' && text[^1] == '"' ? null : "no double quotation marks around the response";

    internal static Func<string, string?> NoComma(InstructionArguments arguments) => response =>
        response.IndexOf(',') is >= 0 and var at ? $"a comma at character {at + 1}" : null;

    static int CountBrackets(string line)
    {
        int count = 0;
        for (int open = line.IndexOf('['); open >= 0 && line.IndexOf(']', open) is > 0 and var close; open = line.IndexOf('[', close)) count++;
        return count;
    }
}
