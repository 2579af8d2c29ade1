namespace Roast.Onnx;

/// <summary>One finished answer.</summary>
/// <param name="PromptIds">The prompt's token ids.</param>
/// <param name="Ids">The new token ids, the end token included where the model produced one.</param>
/// <param name="Text">The answer without special tokens; <c>null</c> where the model has no tokenizer.</param>
/// <param name="Stop">Why it ended.</param>
/// <param name="Trace">How hard the steering fired at each token, where that was asked for.</param>
public sealed record Generation(IReadOnlyList<int> PromptIds, IReadOnlyList<int> Ids, string? Text, StopReason Stop, SteeringTrace? Trace = null);
