using System.Text;

namespace Roast.Tasks;

/// <summary>
/// How a question is asked: text with <c>{placeholders}</c>. <c>{text}</c> is the question alone, <c>{choices}</c> its choices with
/// letters, a line each, <c>{letters}</c> these letters, and any other name a field of the question. Two braces stand for one.
/// </summary>
public sealed class PromptTemplate
{
    /// <summary>Longest template in characters.</summary>
    public const int MaxLength = 64 * 1024;

    readonly List<(string Text, bool IsName)> _parts = [];

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">A brace without its partner, or nothing between two.</exception>
    public PromptTemplate(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length > MaxLength) throw new FormatException($"the template has {text.Length:N0} characters; at most {MaxLength:N0} are read");
        Source = text;
        var literal = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is not ('{' or '}')) literal.Append(c);
            else if (i + 1 < text.Length && text[i + 1] == c) literal.Append(text[i++]);
            else if (c == '{' && text.IndexOfAny(['{', '}'], i + 1) is var end && end > i + 1 && text[end] == '}')
            {
                if (literal.Length > 0) _parts.Add((literal.ToString(), false));
                literal.Clear();
                _parts.Add((text[(i + 1)..end].Trim(), true));
                i = end;
            }
            else throw new FormatException($"character {i + 1} of the template is '{c}' without a partner; a name in braces was expected, such as {{text}}, or two braces where one is meant");
        }
        if (literal.Length > 0) _parts.Add((literal.ToString(), false));
    }

    /// <summary>The template as written.</summary>
    public string Source { get; }

    /// <summary>The names that stand in braces.</summary>
    public IEnumerable<string> Placeholders => _parts.Where(part => part.IsName).Select(part => part.Text).Distinct();

    /// <summary>Asks a question.</summary>
    /// <exception cref="FormatException">A placeholder that the question has no value for; the message names it and those that there are.</exception>
    public string Render(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return string.Concat(_parts.Select(part => part.IsName ? Value(question, part.Text) : part.Text));
    }

    static string Value(Question question, string name) => name switch
    {
        "text" => question.Text,
        "choices" when question.Choices.Count > 0 => Letters.List(question.Choices),
        "letters" when question.Choices.Count > 0 => Letters.Names(question.Choices.Count),
        _ => question.Fields.TryGetValue(name, out string? value)
            ? value
            : throw new FormatException($"the template asks for '{{{name}}}', which question '{question.Id}' does not have; it has {string.Join(", ", ["text", .. question.Choices.Count > 0 ? (string[])["choices", "letters"] : [], .. question.Fields.Keys])}"),
    };
}
