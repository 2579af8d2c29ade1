using Roast.Onnx.Fit;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>Runs a task under several steerings at once: all variants of a question decode as rows of one batch and share its prefill.</summary>
public static class Evaluator
{
    /// <summary>Asks every question once per variant.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="task">Questions with a verifier.</param>
    /// <param name="variants">At least one.</param>
    /// <param name="options"><c>null</c>: greedy, up to the context.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="stage">What to call this work in the progress.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <returns>One outcome per variant, in their order.</returns>
    /// <exception cref="RoastException">A vector does not fit, a prompt is too long, or the task is empty.</exception>
    public static Task<IReadOnlyList<VariantOutcome>> RunAsync(SteerableModel model, RoastTask task, IReadOnlyList<Variant> variants, EvaluationOptions? options = null,
        IProgress<WorkProgress>? progress = null, string stage = "evaluating", CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(variants.Count, nameof(variants));
        if (task.Questions.Count == 0) throw new RoastException(RoastError.BadTask, $"Task '{task.Name}' has no questions. Give it at least one.");
        foreach (var variant in variants)
            if (variant.Steering is { } steering) model.RequireFits(steering.Vector);
        return Task.Run(() => Run(model, task, variants, options ?? new(), progress, stage, cancellationToken), cancellationToken);
    }

    static IReadOnlyList<VariantOutcome> Run(SteerableModel model, RoastTask task, IReadOnlyList<Variant> variants, EvaluationOptions options,
        IProgress<WorkProgress>? progress, string stage, CancellationToken cancel)
    {
        var questions = PreparedQuestion.All(model, task, options.MaxAnswerTokens ?? 1, out int tooLong);
        if (tooLong > 0)
            throw new RoastException(RoastError.TooLarge, $"{tooLong} of the {task.Questions.Count} questions of task '{task.Name}' leave no room for an answer in the model's context of {model.Shape.MaxPositions} tokens. An evaluation leaves no question out: use a model with a longer context, or shorter questions.");
        var requests = new List<RowRequest>(questions.Count * variants.Count);
        foreach (var question in questions)
            for (int variant = 0; variant < variants.Count; variant++)
                requests.Add(new RowRequest
                {
                    Prompt = question.Prompt,
                    Steering = variants[variant].Steering,
                    Sampler = options.Sampler,
                    Seed = new RowSeed(options.Seed, (uint)question.Number, 0),
                    MaxTokens = options.MaxAnswerTokens ?? model.RoomAfter(question.Prompt.Length),
                    EndTokens = model.EndTokenArray,
                    Label = $"question '{question.Question.Id}', {variants[variant].Name}",
                });
        var correct = variants.Select(_ => new bool[questions.Count]).ToArray();
        var texts = variants.Select(variant => variant.KeepText ? new string[questions.Count] : null).ToArray();
        int done = 0;
        long tokens = 0;
        model.Rows.Run(requests, [], (index, result) =>
        {
            var (number, variant) = (index / variants.Count, index % variants.Count);
            string text = model.RequireTokenizer().Decode(result.Tokens);
            correct[variant][number] = task.Verifier.IsCorrect(questions[number].Question, text);
            if (texts[variant] is { } kept) kept[number] = text;
            progress?.Report(new WorkProgress(stage, ++done, requests.Count, tokens += result.Tokens.Length));
        }, cancel);
        return [.. variants.Select((variant, i) => new VariantOutcome(variant, correct[i], texts[i]))];
    }
}
