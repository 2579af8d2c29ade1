namespace Roast.Tasks;

/// <summary>The prompt template of <c>gsm8k</c>. For another, use <see cref="RoastTask.WithPrompts(PromptTemplate)"/>.</summary>
public static class Gsm8kPrompt
{
    /// <summary>What follows the question: think first, and end in the form that the verifier looks for first.</summary>
    public const string Instruction = "Reason step by step, then end with the answer on a line of its own, in the form '#### <number>'.";

    /// <summary>The question, an empty line, the instruction.</summary>
    public static string For(string question) => $"{question}\n\n{Instruction}";
}
