using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Roast.Text;

namespace Roast.Cli.Options;

/// <summary>Variables of the chat template.</summary>
internal sealed class TemplateOptions
{
    readonly Option<string[]> _variables = new("--template-var") { Description = "Variable of the chat template, such as enable_thinking=false; may be given several times.", HelpName = "name=value" };

    public TemplateOptions(Command command) => command.Options.Add(_variables);

    /// <summary>Whether any was given.</summary>
    public bool IsGiven(ParseResult args) => args.GetValue(_variables) is { Length: > 0 };

    /// <summary>The template's options; <c>null</c> where none was given.</summary>
    public ChatTemplateOptions? Read(ParseResult args)
    {
        if (!IsGiven(args)) return null;
        var variables = new Dictionary<string, TemplateVariable>();
        foreach (string assignment in args.GetValue(_variables)!)
        {
            int sign = assignment.IndexOf('=');
            if (sign <= 0) throw new UsageException($"--template-var: '{assignment}' is no assignment; expected name=value, such as enable_thinking=false.");
            if (!variables.TryAdd(assignment[..sign], Value(assignment[(sign + 1)..]))) throw new UsageException($"--template-var: '{assignment[..sign]}' is given twice.");
        }
        return new ChatTemplateOptions { Variables = variables };
    }

    /// <summary>true, false, none, a number or JSON, where the text is one; else the text itself.</summary>
    static TemplateVariable Value(string text)
    {
        if (text is "true" or "True") return true;
        if (text is "false" or "False") return false;
        if (text is "none" or "None" or "null") return (string?)null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) return whole;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real)) return real;
        if (text is not ['{' or '[' or '"', ..]) return text;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement;
        }
        catch (JsonException e) { throw new UsageException($"--template-var: '{text}' begins like JSON and is none: {e.Message}"); }
    }
}
