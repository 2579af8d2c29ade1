using Roast.Tasks;

namespace Roast.Onnx.Fit;

/// <summary>A question with its prompt as token ids.</summary>
/// <param name="Number">Its place in the task: part of the random numbers' counter.</param>
/// <param name="Question">The question.</param>
/// <param name="Prompt">[tokens] the rendered prompt.</param>
internal sealed record PreparedQuestion(int Number, Question Question, int[] Prompt)
{
    /// <summary>Renders all questions of a task. Prompts that leave no room for <paramref name="room"/> tokens are left out and counted.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: that leaves none.</exception>
    public static List<PreparedQuestion> All(SteerableModel model, RoastTask task, int room, out int tooLong)
    {
        var prepared = new List<PreparedQuestion>(task.Questions.Count);
        for (int i = 0; i < task.Questions.Count; i++)
        {
            int[] prompt = model.EncodePrompt(task.Questions[i].Prompt);
            if (prompt.Length == 0)
                throw new RoastException(RoastError.BadTask, $"Question '{task.Questions[i].Id}' of task '{task.Name}' has an empty prompt: the model has no chat template, so there is no token to start from. Give the question a prompt.");
            if (prompt.Length + room <= model.Shape.MaxPositions) prepared.Add(new PreparedQuestion(i, task.Questions[i], prompt));
        }
        tooLong = task.Questions.Count - prepared.Count;
        if (prepared.Count == 0)
            throw new RoastException(RoastError.TooLarge, $"None of the {task.Questions.Count} questions of task '{task.Name}' fits into the model's context of {model.Shape.MaxPositions} tokens with room for {room} new ones. Use a model with a longer context, shorter questions, or fewer new tokens.");
        return prepared;
    }
}
