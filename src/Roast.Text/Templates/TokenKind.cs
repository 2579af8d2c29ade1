namespace Roast.Text.Templates;

/// <summary>What the lexer tells apart.</summary>
internal enum TokenKind { Text, BeginOutput, EndOutput, BeginBlock, EndBlock, Name, String, Integer, Float, Operator, End }

/// <summary>A token of a template: its kind, its text (unescaped where it is a string) and the line it starts in, from 1.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line);
