using System.Globalization;
using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>What <c>export</c> shows to people.</summary>
internal static class ExportTable
{
    public static void Show(ExportCommandResult x, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("file").AddColumn(new TableColumn("bytes").RightAligned()).AddColumn("");
        foreach (var file in x.Files) table.AddRow(Markup.Escape(file.Name), file.Bytes.ToString("N0", CultureInfo.InvariantCulture), file.Origin.Replace('_', ' '));
        console.Write(table);
        StudyTables.Line(console, $"{x.Folder}: {x.Family}, {x.Layers} layers, {x.Precision}, up to {x.MaxPositions} tokens.");
    }
}
