namespace Roast.Tasks;

/// <summary>Choices and their letters.</summary>
internal static class Letters
{
    /// <summary>Most choices of a question: the letters of the alphabet.</summary>
    internal const int Most = 26;

    internal static char Of(int index) => (char)('A' + index);

    /// <summary>One choice as a model would write it.</summary>
    internal static string Line(IReadOnlyList<string> choices, int index) => $"{Of(index)}. {choices[index]}";

    /// <summary>All choices, a line each.</summary>
    internal static string List(IReadOnlyList<string> choices) => string.Join('\n', Enumerable.Range(0, choices.Count).Select(i => Line(choices, i)));

    /// <summary>The letters in a sentence: A, B, C or D.</summary>
    internal static string Names(int count) => count == 1 ? "A" : $"{string.Join(", ", Enumerable.Range(0, count - 1).Select(Of))} or {Of(count - 1)}";
}
