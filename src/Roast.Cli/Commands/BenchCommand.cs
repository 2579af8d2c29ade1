using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast bench</c>.</summary>
internal static class BenchCommand
{
    public static Command Create(View view)
    {
        var defaults = new SpeedOptions();
        var command = new Command("bench", "Measures generation without steering, with one vector for all rows, and with a vector in each row; settings alternate.");
        var models = new ModelOptions(command);
        var rows = Words.Read<IReadOnlyList<int>?>("--rows", $"Rows that decode together: a list; default: {string.Join(',', defaults.Rows)}.", "list", Counts);
        var prompt = Numbers.Int("--prompt-tokens", "Tokens of each row's prompt.", defaults.PromptTokens);
        var tokens = Numbers.Int("--new-tokens", "New tokens of each row.", defaults.NewTokens, least: 2);
        var trials = Numbers.Int("--trials", "Trials of each setting.", defaults.Trials, least: 5);
        var points = Words.Read("--points", "Where is steered.", "points", PointPattern.Parse);
        points.DefaultValueFactory = _ => PointPattern.Default;
        var seed = Numbers.Seed();
        foreach (Option option in (Option[])[rows, prompt, tokens, trials, points, seed]) command.Options.Add(option);
        command.SetAction(async (args, cancel) =>
        {
            var options = new SpeedOptions
            {
                Rows = args.GetValue(rows) ?? defaults.Rows,
                PromptTokens = args.GetValue(prompt)!.Value,
                NewTokens = args.GetValue(tokens)!.Value,
                Trials = args.GetValue(trials)!.Value,
                Points = args.GetRequiredValue(points),
                Seed = args.GetValue(seed),
            };
            using var model = models.Open(args, view);
            var report = await view.WithProgress(progress => SpeedTest.RunAsync(model, options, progress, cancel)).ConfigureAwait(false);
            view.Show(BenchResult.Of(model, options, report), JsonFace.Readable.BenchResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static IReadOnlyList<int> Counts(string text)
    {
        int[] counts = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => int.TryParse(part, out int count) && count is >= 1 and <= 4096 ? count : 0)];
        return counts.Length > 0 && counts.All(count => count > 0) ? counts : throw new FormatException($"'{text}' is no list of row counts. Write whole numbers from 1 to 4096, such as 1,4,16.");
    }

    static void Table(BenchResult result, IAnsiConsole console)
    {
        StudyTables.Line(console, $"{result.Model}: {result.PromptTokens} tokens in, {result.NewTokens} out, {result.Threads} thread(s), {result.Trials} alternating trials; median [least, most].");
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("rows").RightAligned()).AddColumn("vectors");
        foreach (string column in (string[])["TTFT ms", "TPOT ms", "E2E ms", "tokens/s", "TPOT to no vector"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var x in result.Settings)
            table.AddRow(StudyTables.Number(x.Rows), x.Vectors == 0 ? "none" : x.Vectors == 1 ? "1 shared" : $"{x.Vectors} distinct", Text(x.TtftMs, "0.0"), Text(x.TpotMs, "0.00"), Text(x.E2eMs, "0"), Text(x.TokensPerSecond, "0"), x.Vectors == 0 ? "" : Text(x.RatioToUnsteered, "0.000"));
        console.Write(table);
    }

    static string Text(SpreadResult x, string format) => Markup.Escape(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{x.Median.ToString(format, System.Globalization.CultureInfo.InvariantCulture)} [{x.Least.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}, {x.Most.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}]"));
}
