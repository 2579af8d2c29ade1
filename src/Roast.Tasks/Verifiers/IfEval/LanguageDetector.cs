using System.Text;

namespace Roast.Tasks;

/// <summary>
/// Tells languages apart by script, and within a script by common words and by letters that only one language has. Approximate:
/// it stands in for a trained model (the published evaluator uses langdetect) and is meant for texts of a sentence or more.
/// </summary>
internal static class LanguageDetector
{
    static readonly (int First, int Last, string Language)[] Scripts =
    [
        (0x0370, 0x03FF, "el"), (0x0590, 0x05FF, "he"), (0x0980, 0x09FF, "bn"), (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"),
        (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"), (0x0E00, 0x0E7F, "th"), (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7AF, "ko"), (0x1100, 0x11FF, "ko"), (0x4E00, 0x9FFF, Han),
        (0x0400, 0x04FF, Cyrillic), (0x0600, 0x06FF, Arabic), (0x0750, 0x077F, Arabic), (0x0900, 0x097F, Devanagari), (0x0041, 0x024F, Latin), (0x1E00, 0x1EFF, Latin),
    ];

    const string Latin = "latin", Cyrillic = "cyrillic", Arabic = "arabic", Devanagari = "devanagari", Han = "han";

    /// <summary>The languages that are told apart, by ISO 639-1 code.</summary>
    internal static IReadOnlySet<string> Languages { get; } = new SortedSet<string>(
        Scripts.Select(script => script.Language).Where(language => language.Length == 2).Concat(LanguageWords.All.Keys).Append("zh"), StringComparer.Ordinal);

    /// <summary>The language of a text; <c>null</c> where it has no letters of a known script.</summary>
    internal static string? Detect(string text)
    {
        var counts = new Dictionary<string, int>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            foreach (var (first, last, script) in Scripts)
                if (rune.Value >= first && rune.Value <= last)
                {
                    counts[script] = counts.GetValueOrDefault(script) + 1;
                    break;
                }
        }
        if (counts.Count == 0) return null;
        // Japanese is written with Han characters and kana together; a tenth of kana tells it from Chinese.
        if (counts.TryGetValue(Han, out int han) && counts.GetValueOrDefault("ja") * 10 > han) counts["ja"] += han;
        string main = counts.MaxBy(pair => pair.Value).Key;
        return main switch
        {
            Han => "zh",
            Latin => ByWords(text, LanguageWords.Latin, "en"),
            Cyrillic => ByWords(text, LanguageWords.Cyrillic, "ru"),
            Arabic => ByWords(text, LanguageWords.Arabic, "ar"),
            Devanagari => ByWords(text, LanguageWords.Devanagari, "hi"),
            _ => main,
        };
    }

    /// <summary>The language with most of its common words and own letters; the first of the list where none has any.</summary>
    static string ByWords(string text, IReadOnlyList<string> languages, string fallback)
    {
        string lower = text.ToLowerInvariant().Normalize(NormalizationForm.FormC);
        var words = PlainText.Words(lower).GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        (string best, double most) = (fallback, 0);
        foreach (string language in languages)
        {
            var (common, letters) = LanguageWords.All[language];
            double score = common.Sum(word => words.GetValueOrDefault(word)) + lower.Count(letters.Contains) / 4.0;
            if (score > most) (best, most) = (language, score);
        }
        return best;
    }
}
