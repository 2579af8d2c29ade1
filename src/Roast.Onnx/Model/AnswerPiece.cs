namespace Roast.Onnx;

/// <summary>What one new token added to an answer.</summary>
/// <param name="Token">The token; <c>null</c> for what was still held back when the answer ended.</param>
/// <param name="Text">The characters that can be shown now, nothing of a stop string; often empty, and always so where the model has no tokenizer.</param>
public readonly record struct AnswerPiece(int? Token, string Text);
