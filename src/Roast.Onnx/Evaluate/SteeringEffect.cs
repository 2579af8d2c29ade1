namespace Roast.Onnx;

/// <summary>What a steering does to the next-token distributions along the answers that the model gives without it.</summary>
/// <param name="Steps">One entry a step: the first new token, the second, and so on.</param>
/// <param name="Answers">One entry a question, in the task's order.</param>
/// <remarks>
/// Both distributions follow the same tokens, those of the unsteered greedy answer, so a step's divergence is the steering's own doing and not
/// that of tokens which it changed before.
/// </remarks>
public sealed record SteeringEffect(IReadOnlyList<StepEffect> Steps, IReadOnlyList<AnswerEffect> Answers)
{
    internal static SteeringEffect Of(IReadOnlyList<AnswerEffect> answers)
    {
        var steps = new List<StepEffect>();
        for (int step = 0; answers.Any(answer => answer.Tokens.Count > step); step++)
        {
            double[] divergences = [.. answers.Where(answer => answer.Tokens.Count > step).Select(answer => answer.Tokens[step].Divergence).Order()];
            steps.Add(new StepEffect(step, divergences.Length, divergences.Average(), Statistics.Percentile.Of(divergences, 0.5), Statistics.Percentile.Of(divergences, 0.95),
                answers.Count(answer => answer.FirstDiverging <= step) / (double)answers.Count));
        }
        return new SteeringEffect(steps, answers);
    }
}

/// <summary>One step over all answers that have it.</summary>
/// <param name="Step">Number of the new token, from 0.</param>
/// <param name="Answers">Unsteered answers with at least this many tokens.</param>
/// <param name="Mean">Mean divergence in nats.</param>
/// <param name="Median">Median divergence in nats.</param>
/// <param name="High">Its 95 % quantile in nats.</param>
/// <param name="Diverged">The share of all answers that the steered model would have left at this step or before.</param>
public sealed record StepEffect(int Step, int Answers, double Mean, double Median, double High, double Diverged);

/// <summary>One unsteered answer, token by token.</summary>
/// <param name="Id">The question's id.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Tokens">The answer's tokens, the end token included where the model produced one.</param>
/// <param name="FirstDiverging">The first step at which the steered model's most likely token is another; <c>null</c>: it gives the same answer.</param>
public sealed record AnswerEffect(string Id, string Prompt, IReadOnlyList<TokenEffect> Tokens, int? FirstDiverging);

/// <summary>One token of an unsteered answer.</summary>
/// <param name="Id">The token.</param>
/// <param name="SteeredId">The token that is most likely under steering, after the same tokens before.</param>
/// <param name="Divergence">Kullback and Leibler's D(steered || unsteered) of the two next-token distributions, in nats.</param>
public sealed record TokenEffect(int Id, int SteeredId, double Divergence);
