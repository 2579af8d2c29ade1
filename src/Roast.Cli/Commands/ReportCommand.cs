using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Reports;
using Roast.Cli.Reports.Sections;
using Roast.Cli.Results;

namespace Roast.Cli.Commands;

/// <summary><c>roast report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create(View view)
    {
        var inputs = new Argument<string[]>("files") { Description = "What to show: files of 'fit --analysis', 'eval --json' or 'demo --json', and a vector for its story.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("report", "Writes one page that shows a fit, an evaluation or both; it needs no network and no other file.") { inputs };
        var output = new OutputOptions(command, "Page to write.", "report.html");
        command.SetAction(args =>
        {
            string path = output.Require(args);
            string[] files = args.GetRequiredValue(inputs);
            var content = ReportContent.Of([.. files.Select(ReportFile.Read)], files);
            long bytes = ReportPage.Write(path, output.Force(args), content);
            view.Show(new ReportCommandResult(Path.GetFullPath(path), [.. files.Select(Path.GetFullPath)], bytes, [.. Section.All.Select(section => section.Name)]), JsonFace.Readable.ReportCommandResult,
                (result, console) => StudyTables.Line(console, $"Report: {result.Report} ({result.Bytes.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes); open it in a browser."));
            return ExitCode.Done;
        });
        return command;
    }
}
