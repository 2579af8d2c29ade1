using System.Globalization;
using System.Text.Json;
using Roast.Formats;

namespace Roast.Tasks;

/// <summary>What tasks with lettered choices have in common.</summary>
internal static class Choices
{
    internal const string Template = "{text}\n\nAnswer with the letter of the right choice: {letters}.";

    /// <summary>A question whose text ends with its choices, so that two questions that differ in them alone count as two.</summary>
    internal static Question Question(TaskRow row, string id, string asked, IReadOnlyList<string> choices, int right, IReadOnlyDictionary<string, string>? fields = null)
    {
        if (choices.Count is < 2 or > Letters.Most) throw row.Bad($"the question has {choices.Count} choices; 2 to {Letters.Most} were expected", "Add or take away choices");
        var question = new Question
        {
            Id = id,
            Prompt = $"{asked}\n{Letters.List(choices)}",
            Answer = Letters.Of(right).ToString(),
            Reference = Letters.Line(choices, right),
            Wrong = Letters.Line(choices, right == 0 ? 1 : 0),
            Choices = choices,
        };
        return question with { Fields = new Dictionary<string, string>(fields ?? question.Fields) { ["question"] = asked } };
    }

    /// <summary>The place of the right choice, given as a letter, as a number from 0, or as its text.</summary>
    internal static int Answer(TaskRow row, string field, IReadOnlyList<string> choices)
    {
        if (row.Has(field, out var value) && value.ValueKind == JsonValueKind.Number) return row.Index(field, choices.Count);
        string answer = row.Text(field).Trim();
        int letter = answer.Length == 1 ? char.ToUpperInvariant(answer[0]) - 'A' : -1, number = NumberText.TryParse(answer, NumberStyles.None, out int parsed) ? parsed : -1;
        int text = choices.ToList().FindIndex(choice => choice.Trim() == answer);
        int[] readings = [.. new[] { letter, text, text < 0 ? number : -1 }.Where(i => i >= 0 && i < choices.Count).Distinct()];
        if (readings.Length > 1) throw row.Bad($"field '{field}' is '{answer}', which is choice {Letters.Of(readings[1])} and also the letter of choice {Letters.Of(readings[0])}; one choice was expected", "Give the number of the right choice, counted from 0");
        return readings.Length == 1
            ? readings[0]
            : throw row.Bad($"field '{field}' is '{TaskRow.Shorten(answer)}'; a letter from A to {Letters.Of(choices.Count - 1)}, a number from 0 to {choices.Count - 1} or the text of a choice was expected", "Correct it");
    }
}
