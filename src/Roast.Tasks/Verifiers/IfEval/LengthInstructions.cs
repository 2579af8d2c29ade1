using System.Text;

namespace Roast.Tasks;

/// <summary>How long a response is, and where its paragraphs begin.</summary>
internal static class LengthInstructions
{
    /// <summary>Words: runs of letters, numbers and underscores, Python's <c>\w+</c>.</summary>
    internal static Func<string, string?> Words(InstructionArguments arguments)
    {
        var bound = arguments.Bound("relation", "num_words");
        return response => bound.Fault(CountWords(response), "words");
    }

    internal static Func<string, string?> Sentences(InstructionArguments arguments)
    {
        var bound = arguments.Bound("relation", "num_sentences");
        return response => bound.Fault(SentenceSplitter.Count(response), "sentences");
    }

    /// <summary>Paragraphs that a line of three asterisks parts; an empty one may stand at either end only.</summary>
    internal static Func<string, string?> Paragraphs(InstructionArguments arguments)
    {
        int expected = arguments.Number("num_paragraphs");
        return response =>
        {
            string[] parts = response.Split("***");
            for (int i = 1; i < parts.Length - 1; i++)
                if (string.IsNullOrWhiteSpace(parts[i])) return $"paragraph {i + 1} between '***' is empty";
            int count = parts.Count(part => !string.IsNullOrWhiteSpace(part));
            return count == expected ? null : $"{count} paragraphs parted by '***'; {expected} expected";
        };
    }

    /// <summary>So many paragraphs, parted by empty lines, one of which begins with a word.</summary>
    internal static Func<string, string?> FirstWordOfParagraph(InstructionArguments arguments)
    {
        (int expected, int nth, string word) = (arguments.Number("num_paragraphs"), arguments.Number("nth_paragraph"), arguments.Text("first_word").ToLowerInvariant());
        return response =>
        {
            string[] parts = response.Split("\n\n");
            int count = parts.Count(part => !string.IsNullOrWhiteSpace(part));
            if (nth < 1 || nth > count) return $"{count} paragraphs; the first word of paragraph {nth} was asked for";
            string first = FirstWord(parts[nth - 1]);
            if (first != word) return $"paragraph {nth} begins with '{first}'; '{word}' expected";
            return count == expected ? null : $"{count} paragraphs; {expected} expected";
        };
    }

    static string FirstWord(string paragraph)
    {
        string first = paragraph.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("").TrimStart('\'', '"');
        int end = first.AsSpan().IndexOfAny(".,?!'\"");
        return (end < 0 ? first : first[..end]).ToLowerInvariant();
    }

    static int CountWords(string text)
    {
        (int count, bool before) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            bool isOfWord = Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || rune.Value == '_';
            if (isOfWord && !before) count++;
            before = isOfWord;
        }
        return count;
    }
}
