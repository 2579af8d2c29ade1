namespace Roast.Onnx;

/// <summary>One sampled answer to a question, and what the verifier said.</summary>
/// <param name="QuestionId">The question's id in its task.</param>
/// <param name="Index">Which of the question's answers, from 0.</param>
/// <param name="PromptIds">Token ids of the prompt.</param>
/// <param name="Ids">Token ids of the answer, the end token included where there is one.</param>
/// <param name="Text">The answer without special tokens.</param>
/// <param name="IsCorrect">The verifier's verdict.</param>
public sealed record Rollout(string QuestionId, int Index, int[] PromptIds, int[] Ids, string Text, bool IsCorrect);
