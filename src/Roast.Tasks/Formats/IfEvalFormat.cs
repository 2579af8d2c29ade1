using System.Text.Json;

namespace Roast.Tasks;

/// <summary><c>ifeval</c> and <c>ifeval_loose</c>: instructions whose fulfilment a program can check (arXiv 2311.07911), {"key", "prompt", "instruction_id_list", "kwargs"}.</summary>
/// <param name="strict">Whether the response counts as it is; else also without its first line, its last line and its asterisks.</param>
internal sealed class IfEvalFormat(bool strict) : TaskFormat
{
    public override string Name => strict ? "ifeval" : "ifeval_loose";
    public override string Summary => strict ? "Instructions that a program can check, such as a number of words; all must be followed." : "The same, after the published allowances: without first line, last line, asterisks.";
    public override string Source => "IFEval, Zhou et al. (arXiv 2311.07911), CC BY 4.0 by its repository, Apache-2.0 by its dataset card";
    public override string Fields => "key, prompt, instruction_id_list, kwargs (an object for each instruction)";
    public override IVerifier Verifier { get; } = new IfEvalVerifier(strict);
    public override PromptTemplate Template { get; } = new("{text}");
    public override string Sample => """{"key": 1, "prompt": "Describe a lighthouse in at least 5 words. Do not use any commas.", "instruction_id_list": ["length_constraints:number_words", "punctuation:no_comma"], "kwargs": [{"relation": "at least", "num_words": 5}, {}]}""";

    protected override Question Read(TaskRow row, string fallbackId)
    {
        var ids = row.Texts("instruction_id_list");
        if (!row.Has("kwargs", out var kwargs)) throw row.Missing("kwargs", "a list of objects");
        if (kwargs.ValueKind != JsonValueKind.Array) throw row.Unexpected("kwargs", kwargs, "a list of objects", "Write an object for each instruction");
        try { _ = Instruction.ReadAll(ids, kwargs); }
        catch (FormatException e) { throw row.Bad(e.Message, "Correct it, or fetch the data set again"); }
        return new Question
        {
            Id = row.OptionalScalar("key") ?? fallbackId,
            Prompt = row.Text("prompt"),
            Answer = string.Join(", ", ids),
            Reference = "",                                 // any text that follows the instructions is right, and none is given
            Fields = new Dictionary<string, string> { [IfEvalVerifier.Arguments] = kwargs.GetRawText() },
        };
    }
}
