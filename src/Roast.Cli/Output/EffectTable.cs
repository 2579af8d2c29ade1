using System.Globalization;
using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>What <c>eval --token-effect</c> shows to people.</summary>
internal static class EffectTable
{
    const int MostSteps = 12;                               // the report's page has them all

    public static void Write(IAnsiConsole console, EffectResult effect)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("new token").RightAligned());
        foreach (string column in (string[])["answers", "divergence, nats: mean", "median", "95 %", "answers changed so far"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var step in effect.Steps.Take(MostSteps))
            table.AddRow((step.Step + 1).ToString(CultureInfo.InvariantCulture), step.Answers.ToString(CultureInfo.InvariantCulture), Nats(step.Mean), Nats(step.Median), Nats(step.High), Percent.Of(step.Diverged));
        console.Write(table);
        StudyTables.Line(console, $"Steering changes {effect.Changed} of {effect.Answers} unsteered answers{(effect.Steps.Length > MostSteps ? $"; {effect.Steps.Length - MostSteps} more tokens are in --json" : "")}.");
    }

    static string Nats(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
