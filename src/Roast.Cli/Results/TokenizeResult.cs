namespace Roast.Cli.Results;

/// <summary>The result of <c>roast tokenize</c>.</summary>
internal sealed record TokenizeResult(string Tokenizer, int Vocabulary, string Sha256, TokenizedText[] Texts);

/// <summary>One text; rendered is null unless it was a conversation. A piece is empty while its character is incomplete.</summary>
internal sealed record TokenizedText(string? Rendered, int[] Ids, string?[] Tokens, string[] Pieces);
