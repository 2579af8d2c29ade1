using Roast.Statistics;

namespace Roast.Contrast;

/// <summary>Whether a vector tells right answers from wrong ones on questions that it has not seen.</summary>
/// <param name="Auc">
/// The share of pairs of a right and a wrong rollout, over all questions, in which the right one's projection on the vector is larger;
/// 0.5 says nothing. <c>null</c> where all rollouts are right, or all wrong.
/// </param>
/// <param name="Correct">Right rollouts.</param>
/// <param name="Incorrect">Wrong rollouts.</param>
/// <param name="WithinQuestions">
/// The same over pairs of one question, then the mean over questions: what differs from question to question cannot help or hurt.
/// <c>null</c> where no question has rollouts of both kinds.
/// </param>
/// <param name="WithinInterval">Percentile bootstrap interval of <paramref name="WithinQuestions"/>, questions drawn with replacement.</param>
/// <param name="MixedQuestions">Questions with rollouts of both kinds.</param>
/// <param name="Folds">Groups of questions; each is scored by the vector of the others.</param>
public sealed record Separability(double? Auc, int Correct, int Incorrect, double? WithinQuestions, Interval? WithinInterval, int MixedQuestions, int Folds);
