namespace Roast.Tasks;

/// <summary>Capitals, small letters, and the language that they are of.</summary>
internal static class CaseInstructions
{
    const string English = "en";

    /// <summary>So many words without a small letter and with at least one capital.</summary>
    internal static Func<string, string?> WordsInCapitals(InstructionArguments arguments)
    {
        var bound = arguments.Bound("capital_relation", "capital_frequency");
        return response => bound.Fault(CapitalWords.Count(response), "words in capitals");
    }

    /// <summary>English, and no small letter.</summary>
    internal static Func<string, string?> Capital(InstructionArguments arguments) => response =>
        !response.Any(char.IsUpper) ? "no capital letter" : response.FirstOrDefault(char.IsLower) is not '\0' and var small ? $"a small letter, '{small}'" : Not(English, response);

    /// <summary>English, and no capital letter.</summary>
    internal static Func<string, string?> LowerCase(InstructionArguments arguments) => response =>
        !response.Any(char.IsLower) ? "no small letter" : response.FirstOrDefault(char.IsUpper) is not '\0' and var capital ? $"a capital letter, '{capital}'" : Not(English, response);

    /// <summary>The whole response is in a language.</summary>
    internal static Func<string, string?> ResponseLanguage(InstructionArguments arguments)
    {
        string language = arguments.Text("language");
        if (!LanguageDetector.Languages.Contains(language)) throw new FormatException($"field 'kwargs' has '{language}' as 'language'; one that is told apart here was expected: {string.Join(", ", LanguageDetector.Languages)}");
        return response => Not(language, response);
    }

    /// <summary>A response without letters is of no language and passes, as in the published evaluator.</summary>
    static string? Not(string language, string response) => LanguageDetector.Detect(response) is { } found && found != language ? $"the language looks like '{found}'; '{language}' expected" : null;
}
