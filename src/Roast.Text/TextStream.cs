using System.Text;

namespace Roast.Text;

/// <summary>
/// Text from tokens that arrive one at a time. The pieces joined, with <see cref="Flush"/> at the end, are what
/// <see cref="TextTokenizer.Decode"/> gives for the whole; no piece holds half a character. For one thread at a time.
/// </summary>
public sealed class TextStream
{
    readonly TextTokenizer _tokenizer;
    readonly bool _skipSpecial;
    readonly Decoder _decoder = Encoding.UTF8.GetDecoder();     // keeps the bytes of an incomplete character between calls

    int _spaces;                                            // that the decoder may still take off the front

    internal TextStream(TextTokenizer tokenizer, bool skipSpecial) => (_tokenizer, _skipSpecial, _spaces) = (tokenizer, skipSpecial, tokenizer.StripsSpaces);

    /// <summary>Takes one token and returns the characters that it completes; empty while one is incomplete.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative or not below <see cref="TextTokenizer.ModelVocabularySize"/>.</exception>
    public string Append(int id) => Read(_tokenizer.Bytes(id, _skipSpecial), flush: false);

    /// <summary>Ends the text: U+FFFD where a character stayed incomplete, else empty. The stream can then be used for another text.</summary>
    public string Flush()
    {
        string rest = Read([], flush: true);
        _spaces = _tokenizer.StripsSpaces;
        return rest;
    }

    string Read(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> chars = bytes.Length < 256 ? stackalloc char[bytes.Length + 4] : new char[bytes.Length + 4];   // 3 bytes may wait
        string text = new(chars[.._decoder.GetChars(bytes, chars, flush)]);
        return _spaces > 0 ? TextTokenizer.WithoutSpaces(text, _spaces, out _spaces) : text;
    }
}
