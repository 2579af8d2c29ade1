namespace Roast.Text;

/// <summary>Hangul syllables and their letters: arithmetic, not a table (Unicode, section 3.12).</summary>
internal static class Hangul
{
    internal const int VowelBase = 0x1161, TailEnd = TailBase + Tails;
    const int SyllableBase = 0xAC00, LeadBase = 0x1100, TailBase = 0x11A7, Leads = 19, Vowels = 21, Tails = 28;
    const int Syllables = Leads * Vowels * Tails;

    /// <summary>Takes a syllable apart into lead, vowel and, where there is one, tail; 0 stands for no tail.</summary>
    internal static bool TryDecompose(int code, out int lead, out int vowel, out int tail)
    {
        int index = code - SyllableBase;
        (lead, vowel, tail) = (LeadBase + index / (Vowels * Tails), VowelBase + index % (Vowels * Tails) / Tails, index % Tails);
        if (tail > 0) tail += TailBase;
        return index is >= 0 and < Syllables;
    }

    /// <summary>Joins lead and vowel, or an open syllable and a tail.</summary>
    internal static bool TryCompose(int first, int second, out int syllable)
    {
        syllable = 0;
        int lead = first - LeadBase, vowel = second - VowelBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels) syllable = SyllableBase + (lead * Vowels + vowel) * Tails;
        int open = first - SyllableBase, tail = second - TailBase;
        if (open is >= 0 and < Syllables && open % Tails == 0 && tail is > 0 and < Tails) syllable = first + tail;
        return syllable != 0;
    }
}
