using System.Globalization;
using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>What <c>fit --analysis</c> shows to people; the rest is in the file and on the report's page.</summary>
internal static class AnalysisTable
{
    public static void Write(IAnsiConsole console, AnalysisResult analysis)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("point");
        foreach (string column in (string[])["norm", "held-out AUC", "within questions", "consistency", "cosine", "split half", "90 % energy in"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var x in analysis.Points)
            table.AddRow(x.Point, StudyTables.Number(x.Norm), Two(x.Separability?.Auc), Two(x.Separability?.WithinQuestions), Two(x.Consistency.Mean), Two(x.Cosines.Mean), Two(x.SplitHalf?.Mean),
                x.Energy.FirstOrDefault(at => at.Share >= 0.9) is { } at ? $"{at.Dimensions} of {x.Width}" : "");
        console.Write(table);
    }

    static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
