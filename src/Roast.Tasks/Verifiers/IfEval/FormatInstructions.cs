using System.Text.Json;

namespace Roast.Tasks;

/// <summary>Marks of form: lists, highlights, sections, titles, JSON.</summary>
internal static class FormatInstructions
{
    static readonly string[] Constrained = ["My answer is yes.", "My answer is no.", "My answer is maybe."];

    /// <summary>Exactly so many bullets: lines that begin with a dash, or with one asterisk and not two.</summary>
    internal static Func<string, string?> Bullets(InstructionArguments arguments)
    {
        int expected = arguments.Number("num_bullets");
        return response =>
        {
            int count = response.Split('\n').Select(line => line.TrimStart()).Count(line => line.StartsWith('-') || (line.StartsWith('*') && line.Length > 1 && line[1] != '*'));
            return count == expected ? null : $"{count} bullets; {expected} expected";
        };
    }

    internal static Func<string, string?> ConstrainedResponse(InstructionArguments arguments) => response =>
        Constrained.Any(option => response.Contains(option, StringComparison.Ordinal)) ? null : $"none of {string.Join(" / ", Constrained)}";

    /// <summary>Highlights: text between single or double asterisks, within a line.</summary>
    internal static Func<string, string?> Highlights(InstructionArguments arguments)
    {
        var bound = new Bound(AtLeast: true, arguments.Number("num_highlights"));
        return response => bound.Fault(response.Split('\n').Sum(line => CountBetween(line, "*") + CountBetween(line, "**")), "highlighted sections");
    }

    /// <summary>Sections that a word and a number open, such as SECTION 2.</summary>
    internal static Func<string, string?> Sections(InstructionArguments arguments)
    {
        (string mark, var bound) = (arguments.Text("section_spliter").Trim(), new Bound(AtLeast: true, arguments.Number("num_sections")));
        return response => bound.Fault(CountNumbered(response, mark), $"sections that '{mark}' and a number open");
    }

    /// <summary>The whole response is JSON; a Markdown fence around it is allowed.</summary>
    internal static Func<string, string?> Json(InstructionArguments arguments) => response =>
    {
        string text = response.Trim();
        foreach (string fence in (string[])["```json", "```Json", "```JSON", "```"])
            if (text.StartsWith(fence, StringComparison.Ordinal)) text = text[fence.Length..];
        if (text.EndsWith("```", StringComparison.Ordinal)) text = text[..^3];
        try
        {
            using var _ = JsonDocument.Parse(text.Trim());
            return null;
        }
        catch (JsonException e) { return $"not JSON: {e.Message}"; }
    };

    /// <summary>A title in double angular brackets, within a line.</summary>
    internal static Func<string, string?> Title(InstructionArguments arguments) => response =>
        response.Split('\n').Any(HasTitle) ? null : "no title in double angular brackets, <<title>>";

    static bool HasTitle(string line)
    {
        int open = line.IndexOf("<<", StringComparison.Ordinal), close = line.LastIndexOf(">>", StringComparison.Ordinal);
        return open >= 0 && close > open + 2 && line[(open + 2)..close].Trim('<', '>', ' ', '\t').Length > 0;
    }

    /// <summary>Pairs of a mark in a line with something between that is not the mark's character. A pair's end begins no other pair.</summary>
    static int CountBetween(string line, string mark)
    {
        int count = 0;
        for (int i = line.IndexOf(mark, StringComparison.Ordinal); i >= 0;)
        {
            int start = i + mark.Length, end = line.IndexOf('*', start);
            if (end >= 0 && string.CompareOrdinal(line, end, mark, 0, mark.Length) == 0)
            {
                if (!string.IsNullOrWhiteSpace(line[start..end])) count++;
                start = end + mark.Length;
            }
            else start = i + 1;
            i = start < line.Length ? line.IndexOf(mark, start, StringComparison.Ordinal) : -1;
        }
        return count;
    }

    static int CountNumbered(string text, string mark)
    {
        int count = 0;
        for (int at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal))
        {
            int next = at + mark.Length;
            if (next < text.Length && char.IsWhiteSpace(text[next])) next++;
            if (next < text.Length && char.IsDigit(text[next])) count++;
        }
        return count;
    }
}
