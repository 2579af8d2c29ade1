namespace Roast.Tasks;

/// <summary>Words that must, or must not, be in a response. Letter case does not count.</summary>
internal static class KeywordInstructions
{
    /// <summary>Every keyword occurs, also inside a longer word.</summary>
    internal static Func<string, string?> Existence(InstructionArguments arguments)
    {
        var keywords = arguments.Texts("keywords");
        return response => keywords.FirstOrDefault(keyword => !response.Contains(keyword, StringComparison.OrdinalIgnoreCase)) is { } missing ? $"the keyword '{missing}' is missing" : null;
    }

    /// <summary>A keyword occurs so often, also inside longer words.</summary>
    internal static Func<string, string?> Frequency(InstructionArguments arguments)
    {
        (string keyword, var bound) = (arguments.Text("keyword").Trim(), arguments.Bound("relation", "frequency"));
        return response => bound.Fault(Count(response, keyword), $"times '{keyword}'");
    }

    /// <summary>No forbidden word occurs as a word of its own.</summary>
    internal static Func<string, string?> ForbiddenWords(InstructionArguments arguments)
    {
        var words = arguments.Texts("forbidden_words");
        return response => words.FirstOrDefault(word => PlainText.IndexOfWord(response, word) >= 0) is { } found ? $"the forbidden word '{found}' is there" : null;
    }

    /// <summary>A letter occurs so often.</summary>
    internal static Func<string, string?> LetterFrequency(InstructionArguments arguments)
    {
        (string letter, var bound) = (arguments.Text("letter").Trim(), arguments.Bound("let_relation", "let_frequency"));
        return response => bound.Fault(Count(response, letter), $"times '{letter}'");
    }

    static int Count(string text, string part)
    {
        int count = 0;
        for (int at = 0; part.Length > 0 && (at = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += part.Length) count++;
        return count;
    }
}
