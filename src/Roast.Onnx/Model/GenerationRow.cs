namespace Roast.Onnx;

/// <summary>One row of a batch: its own prompt, steering, sampler, seed and stop rule.</summary>
/// <param name="PromptIds">[tokens] at least one, each inside the vocabulary.</param>
/// <param name="Options">Steering, sampling and limits; <c>null</c>: greedy, up to the context.</param>
public sealed record GenerationRow(int[] PromptIds, GenerationOptions? Options = null);
