using System.Text.Json;

namespace Roast.Tasks;

/// <summary>One checkable instruction of IFEval, with its arguments.</summary>
/// <param name="Id">Its published name, <c>group:name</c>.</param>
/// <param name="Fault">What a response does wrong; <c>null</c> where it follows the instruction.</param>
internal sealed record Instruction(string Id, Func<string, string?> Fault)
{
    /// <summary>Most instructions of a question.</summary>
    internal const int Most = 64;

    static readonly Dictionary<string, Func<InstructionArguments, Func<string, string?>>> All = new(StringComparer.Ordinal)
    {
        ["keywords:existence"] = KeywordInstructions.Existence,
        ["keywords:frequency"] = KeywordInstructions.Frequency,
        ["keywords:forbidden_words"] = KeywordInstructions.ForbiddenWords,
        ["keywords:letter_frequency"] = KeywordInstructions.LetterFrequency,
        ["language:response_language"] = CaseInstructions.ResponseLanguage,
        ["length_constraints:number_sentences"] = LengthInstructions.Sentences,
        ["length_constraints:number_paragraphs"] = LengthInstructions.Paragraphs,
        ["length_constraints:number_words"] = LengthInstructions.Words,
        ["length_constraints:nth_paragraph_first_word"] = LengthInstructions.FirstWordOfParagraph,
        ["detectable_content:number_placeholders"] = ContentInstructions.Placeholders,
        ["detectable_content:postscript"] = ContentInstructions.Postscript,
        ["detectable_format:number_bullet_lists"] = FormatInstructions.Bullets,
        ["detectable_format:constrained_response"] = FormatInstructions.ConstrainedResponse,
        ["detectable_format:number_highlighted_sections"] = FormatInstructions.Highlights,
        ["detectable_format:multiple_sections"] = FormatInstructions.Sections,
        ["detectable_format:json_format"] = FormatInstructions.Json,
        ["detectable_format:title"] = FormatInstructions.Title,
        ["combination:two_responses"] = ContentInstructions.TwoResponses,
        ["combination:repeat_prompt"] = ContentInstructions.RepeatPrompt,
        ["startend:end_checker"] = ContentInstructions.End,
        ["startend:quotation"] = ContentInstructions.Quotation,
        ["change_case:capital_word_frequency"] = CaseInstructions.WordsInCapitals,
        ["change_case:english_capital"] = CaseInstructions.Capital,
        ["change_case:english_lowercase"] = CaseInstructions.LowerCase,
        ["punctuation:no_comma"] = ContentInstructions.NoComma,
    };

    /// <summary>The names of all instructions.</summary>
    internal static IReadOnlyCollection<string> Ids => All.Keys;

    /// <summary>Reads a question's instructions.</summary>
    /// <exception cref="FormatException">An unknown name, or arguments that are missing or of the wrong kind.</exception>
    internal static List<Instruction> ReadAll(IReadOnlyList<string> ids, JsonElement arguments)
    {
        if (ids.Count > Most) throw new FormatException($"field 'instruction_id_list' has {ids.Count} instructions; at most {Most} are read");
        if (arguments.ValueKind != JsonValueKind.Array || arguments.GetArrayLength() != ids.Count)
            throw new FormatException($"field 'kwargs' has {(arguments.ValueKind == JsonValueKind.Array ? arguments.GetArrayLength() : 0)} items; {ids.Count} were expected, one for each instruction");
        return [.. ids.Select((id, i) => Read(id, arguments[i]))];
    }

    static Instruction Read(string id, JsonElement arguments) => All.TryGetValue(id, out var make)
        ? new Instruction(id, make(new InstructionArguments(id, arguments)))
        : throw new FormatException($"field 'instruction_id_list' has '{TaskRow.Shorten(id)}'; one of IFEval's {All.Count} instructions was expected: {string.Join(", ", All.Keys)}");
}
