using System.Numerics.Tensors;
using Roast.Onnx.Fit;
using Roast.Onnx.Rows;
using Roast.Statistics;
using Roast.Tasks;

namespace Roast.Onnx;

/// <summary>Measures what a steering does token by token. Not part of an evaluation: it costs three more runs of each question.</summary>
public static class SteeringEffectMeter
{
    const string Stage = "comparing tokens";

    /// <summary>
    /// Answers each question without steering, greedily; then reads that answer twice, with and without steering, and compares the next-token
    /// distributions at every step.
    /// </summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="task">At least one question; verdicts are not looked at.</param>
    /// <param name="steering">The vector, its strength and scope.</param>
    /// <param name="maxAnswerTokens">Longest answer in tokens, end token included, at least 1. <c>null</c>: up to the model's context.</param>
    /// <param name="progress">Told about every answer that was written or read.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="RoastException">The vector does not fit, a prompt is too long, the task is empty, or a logit is not finite (<see cref="RoastError.NotFinite"/>, naming question and step).</exception>
    public static Task<SteeringEffect> RunAsync(SteerableModel model, RoastTask task, Steering steering, int? maxAnswerTokens = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(steering);
        if (maxAnswerTokens is { } tokens) ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1, nameof(maxAnswerTokens));
        if (task.Questions.Count == 0) throw new RoastException(RoastError.BadTask, $"Task '{task.Name}' has no questions. Give it at least one.");
        model.RequireFits(steering.Vector);
        return Task.Run(() => Run(model, task, steering, maxAnswerTokens, progress, cancellationToken), cancellationToken);
    }

    static SteeringEffect Run(SteerableModel model, RoastTask task, Steering steering, int? maxAnswerTokens, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var questions = PreparedQuestion.All(model, task, maxAnswerTokens ?? 1, out int tooLong);
        if (tooLong > 0)
            throw new RoastException(RoastError.TooLarge, $"{tooLong} of the {task.Questions.Count} questions of task '{task.Name}' leave no room for an answer in the model's context of {model.Shape.MaxPositions} tokens. Use a model with a longer context, or shorter questions.");
        int done = 0;
        void Report() => progress?.Report(new WorkProgress(Stage, ++done, 3 * questions.Count, 0));

        var plain = new int[questions.Count][];
        model.Rows.Run([.. questions.Select(question => new RowRequest
        {
            Prompt = question.Prompt,
            MaxTokens = maxAnswerTokens ?? model.RoomAfter(question.Prompt.Length),
            EndTokens = model.EndTokenArray,
            Label = $"question '{question.Question.Id}', baseline",
        })], [], (index, result) =>
        {
            plain[index] = result.Tokens;
            Report();
        }, cancel);

        var comparisons = questions.Select((question, i) => new TokenComparison(question, plain[i])).ToArray();
        // Few enough at once that both readings of a question run side by side: then one row of logits waits for its twin, not an answer of them.
        foreach (var together in comparisons.Chunk(Math.Max(1, model.Runtime.MaxRows / 2)))
            model.Rows.Run([.. together.SelectMany(comparison => new[] { comparison.Request(null), comparison.Request(steering) })], [], (_, _) => Report(), cancel);
        return SteeringEffect.Of([.. comparisons.Select(comparison => comparison.ToEffect())]);
    }
}

/// <summary>Two readings of one answer. Whichever comes to a step first leaves its logits; the other compares.</summary>
internal sealed class TokenComparison(PreparedQuestion question, int[] answer)
{
    readonly Dictionary<int, (bool IsSteered, float[] Logits)> _waiting = [];
    readonly TokenEffect[] _tokens = new TokenEffect[answer.Length];

    public RowRequest Request(Steering? steering) => new()
    {
        Prompt = question.Prompt,
        Steering = steering,
        Forced = answer,
        MaxTokens = answer.Length,
        Label = $"question '{question.Question.Id}', {(steering is null ? "baseline" : "steered")}",
        OnLogits = (step, logits) => Take(step, steering is not null, logits),
    };

    public AnswerEffect ToEffect()
    {
        int first = Array.FindIndex(_tokens, token => token.SteeredId != token.Id);
        return new AnswerEffect(question.Question.Id, question.Question.Prompt, _tokens, first < 0 ? null : first);
    }

    void Take(int step, bool isSteered, ReadOnlySpan<float> logits)
    {
        if (!_waiting.Remove(step, out var other)) _waiting.Add(step, (isSteered, logits.ToArray()));
        else if (isSteered) Compare(step, logits, other.Logits);
        else Compare(step, other.Logits, logits);
    }

    void Compare(int step, ReadOnlySpan<float> steered, ReadOnlySpan<float> plain)
    {
        double divergence = Divergence.KullbackLeibler(steered, plain);
        if (!double.IsFinite(divergence))
            throw new RoastException(RoastError.NotFinite, $"Question '{question.Question.Id}', new token {step}: the divergence of the steered from the unsteered distribution is {divergence}; logits must be finite. Lower the strength, or run the model in float32.");
        _tokens[step] = new TokenEffect(answer[step], TensorPrimitives.IndexOfMax(steered), divergence);
    }
}
