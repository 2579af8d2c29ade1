namespace Roast.Text;

/// <summary>The wording of what tokenizer and template files can do wrong.</summary>
internal static class Throw
{
    internal static RoastException BadFile(string file, string found, string next) =>
        new(RoastError.BadFile, $"{file}: {found}. To go on, {next}.");

    internal static RoastException UnsupportedTokenizer(string file, string found, string known) =>
        new(RoastError.Unsupported, $"{file} uses {found}; this version knows {known}. Use a model with a BPE tokenizer, such as Qwen, Llama 3, Gemma or SmolLM2.");

    internal static RoastException UnsupportedTemplate(string file, int line, string construct) =>
        new(RoastError.Unsupported, $"{file}, line {line}: the chat template uses {construct}, which this version does not know. " +
            "Use a simpler template (ChatML), or give the prompt as plain text.");

    internal static RoastException TemplateFailed(string file, int line, Templates.Fault fault)
    {
        string message = $"{file}, line {line}: the chat template cannot render these messages: {fault.Message}. Change the messages to what the model's card asks for.";
        return fault.IsRaised ? new TemplateRefusedException(fault.Message, message) : new RoastException(RoastError.Unsupported, message);
    }
}
