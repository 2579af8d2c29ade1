namespace Roast.Tasks;

/// <summary>Finds the query in what a model wrote.</summary>
internal static class SqlInText
{
    /// <summary>The last fenced block that has a SELECT, else what begins at the first SELECT, or at the WITH before it, and ends at a semicolon or an empty line; <c>null</c> where there is none.</summary>
    internal static string? Find(string response)
    {
        string[] parts = response.Split("```");
        for (int i = parts.Length - 1; i > 0; i--)
            if (i % 2 == 1 && FromSelect(parts[i]) is { } fenced) return fenced;
        return FromSelect(response);
    }

    static string? FromSelect(string text)
    {
        int start = PlainText.IndexOfWord(text, "select");
        if (start < 0) return null;
        if (start > 0 && text[..start].TrimEnd().EndsWith('(') && text[..start].Trim() == "(") start = text.IndexOf('(');
        if (PlainText.IndexOfWord(text, "with") is >= 0 and var with && with < start && text[with..start].TrimEnd().EndsWith('(') && PlainText.IndexOfWord(text[with..start], "as") > 0) start = with;
        string query = text[start..];
        foreach (string end in (string[])["\n\n", "\r\n\r\n", "```"])
            if (query.IndexOf(end, StringComparison.Ordinal) is > 0 and var at) query = query[..at];
        return WithoutRest(query).Trim();
    }

    /// <summary>What stands before the first semicolon outside quotation marks.</summary>
    static string WithoutRest(string query)
    {
        char quote = '\0';
        for (int i = 0; i < query.Length; i++)
        {
            if (quote != '\0') quote = query[i] == quote ? '\0' : quote;
            else if (query[i] is '\'' or '"') quote = query[i];
            else if (query[i] == ';') return query[..i];
        }
        return query;
    }
}
