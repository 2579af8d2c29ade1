using Roast.Cli.Results;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>What <c>convert</c> and <c>vector</c> show to people.</summary>
internal static class VectorTables
{
    public static void Converted(ConvertResult x, IAnsiConsole console) =>
        StudyTables.Line(console, $"{x.Target}: {x.TargetFormat}, {x.Bytes.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes, from {x.Source} ({x.SourceFormat}), {x.Points.Length} points: {Shortened(x.Points)}.");

    public static void Combined(CombineResult x, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("point").AddColumn(new TableColumn("width").RightAligned()).AddColumn(new TableColumn("norm").RightAligned());
        foreach (var point in x.Points) table.AddRow(point.Point, point.Width.ToString(System.Globalization.CultureInfo.InvariantCulture), point.Norm is { } norm ? StudyTables.Number(norm) : "");
        console.Write(table);
        StudyTables.Line(console, $"{x.Output}: {x.Combined}");
    }

    public static void Cosines(CosineResult x, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("point").AddColumn("vector");
        for (int i = 0; i < x.Inputs.Length; i++) table.AddColumn(new TableColumn(Markup.Escape(Path.GetFileName(x.Inputs[i]))).RightAligned());
        foreach (var at in x.Points.Append(x.Overall))
            for (int a = 0; a < x.Inputs.Length; a++)
                table.AddRow([a == 0 ? at.Point : "", Markup.Escape(Path.GetFileName(x.Inputs[a])), .. at.Cosines[a].Select(value => value is { } cosine ? cosine.ToString("F4", System.Globalization.CultureInfo.InvariantCulture) : "-")]);
        console.Write(table);
    }

    static string Shortened(string[] points) => points.Length <= 4 ? string.Join(", ", points) : $"{points[0]} to {points[^1]}";
}
