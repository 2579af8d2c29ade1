namespace Roast.Text;

/// <summary>What a tokenizer does to text before it splits it.</summary>
internal interface ITextNormalizer
{
    /// <summary>The normal form; <c>null</c> where nothing changes, so that most texts are never copied.</summary>
    /// <param name="text">A part of a text between added tokens, never empty.</param>
    /// <param name="isFirst">Nothing stands before it.</param>
    string? Normalize(ReadOnlySpan<char> text, bool isFirst = true);
}
