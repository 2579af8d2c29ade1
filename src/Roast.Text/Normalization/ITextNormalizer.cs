namespace Roast.Text;

/// <summary>What a tokenizer does to text before it splits it.</summary>
internal interface ITextNormalizer
{
    /// <summary>The normal form; the same instance where nothing changes.</summary>
    string Normalize(string text);
}
