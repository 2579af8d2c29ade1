using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>One question's answers before and after steering.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Answer">The right answer.</param>
/// <param name="Before">What the model said without steering.</param>
/// <param name="BeforeIsCorrect">Whether that was right.</param>
/// <param name="After">What it said with steering.</param>
/// <param name="AfterIsCorrect">Whether that was right.</param>
public sealed record Transcript(string Id, string Prompt, string Answer, string Before, bool BeforeIsCorrect, string After, bool AfterIsCorrect)
{
    /// <summary>All questions, in the task's order.</summary>
    internal static IReadOnlyList<Transcript> Of(RoastTask task, VariantOutcome before, VariantOutcome after) =>
        [.. task.Questions.Select((question, i) => new Transcript(question.Id, question.Prompt, question.Answer, before.Texts![i], before.IsCorrect[i], after.Texts![i], after.IsCorrect[i]))];
}
