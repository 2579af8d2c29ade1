using System.Globalization;
using Roast.Formats;

namespace Roast.Tasks;

/// <summary>Labels that one file gives as numbers and another as words.</summary>
internal static class NamedLabel
{
    /// <summary>The word for a field's number, from 0, or its word as it is.</summary>
    internal static string Read(TaskRow row, string field, IReadOnlyList<string> labels)
    {
        string label = (row.OptionalScalar(field) ?? throw row.Missing(field, "a label")).Trim();
        if (NumberText.TryParse(label, NumberStyles.None, out int index) && index < labels.Count) return labels[index];
        return labels.FirstOrDefault(known => known.Equals(label, StringComparison.OrdinalIgnoreCase))
            ?? throw row.Bad($"field '{field}' is '{TaskRow.Shorten(label)}'; a number from 0 to {labels.Count - 1} or one of {string.Join(", ", labels)} was expected", "Correct it");
    }
}
