namespace Roast.Text;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks, in the words of the model's template: <c>system</c>, <c>user</c>, <c>assistant</c>.</param>
/// <param name="Content">What is said. Control tokens in it are text and never act.</param>
public sealed record ChatMessage(string Role, string Content);
