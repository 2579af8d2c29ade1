using System.Text;

namespace Roast.Text;

/// <summary>
/// The letters in which byte-level vocabularies write bytes (GPT-2's table): printable Latin-1 stands for itself,
/// the other 68 bytes for U+0100 onwards.
/// </summary>
internal static class ByteLetters
{
    /// <summary>Longest piece that is looked up as a token as it stands, in UTF-16 units; longer tokens are unknown: Llama 3's longest has 128.</summary>
    internal const int LongestToken = 256;

    static readonly char[] Letters = MakeLetters();
    static readonly Dictionary<char, byte> Bytes = Letters.Select((letter, value) => (letter, value)).ToDictionary(x => x.letter, x => (byte)x.value);

    /// <summary>The letter of a byte.</summary>
    internal static char Of(byte value) => Letters[value];

    /// <summary>The bytes that a token stands for: one for each letter, or its UTF-8 where a character is no such letter.</summary>
    internal static byte[] Decode(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
            if (!Bytes.TryGetValue(token[i], out bytes[i])) return Encoding.UTF8.GetBytes(token);
        return bytes;
    }

    static char[] MakeLetters()
    {
        var letters = new char[256];
        char next = '\u0100';
        for (int value = 0; value < 256; value++)
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : next++;
        return letters;
    }
}
