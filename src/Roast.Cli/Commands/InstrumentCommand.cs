using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast instrument</c>.</summary>
internal static class InstrumentCommand
{
    public static Command Create(View view)
    {
        var path = new Argument<string>("model") { Description = "The .onnx file of a decoder (ONNX Runtime GenAI builder, Hugging Face exporter, or Roast), or a model folder." };
        var command = new Command("instrument", "Writes an ONNX model with fixed taps and ports, for ONNX Runtime GenAI or any other host. Weights are linked, not copied.") { path };
        var taps = Words.Read<PointPattern?>("--taps", "Points that the graph shows as outputs roast.tap.POINT.", "points", PointPattern.Parse);
        var ports = Words.Read<PointPattern?>("--ports", "Points that inputs roast.port.POINT add to; zeros where a host feeds none.", "points", PointPattern.Parse);
        var rows = new Option<bool>("--rows") { Description = "Ports of shape [rows, 1, width], a vector per row; default: [width], one for all." };
        foreach (Option option in (Option[])[taps, ports, rows]) command.Options.Add(option);
        var output = new FolderOptions(command);
        command.SetAction(args =>
        {
            if (args.GetValue(taps) is null && args.GetValue(ports) is null) throw new UsageException("instrument adds taps and ports: give --taps, --ports, or both.");
            if (args.GetValue(rows) && args.GetValue(ports) is null) throw new UsageException("--rows is the form of ports: give --ports as well.");
            var written = ModelRewriter.Instrument(ModelOptions.Path(args.GetRequiredValue(path)), args.GetValue(taps), args.GetValue(ports),
                args.GetValue(rows) ? PortForm.PerRow : PortForm.Shared, output.Path(args), output.Force(args));
            if (written.Output.Copied.Count > 0) view.Note($"{string.Join(", ", written.Output.Copied)}: copied, because no hard link can be made from there to {written.Output.Folder}.");
            view.Show(InstrumentCommandResult.Of(written), JsonFace.Readable.InstrumentCommandResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(InstrumentCommandResult result, IAnsiConsole console)
    {
        StudyTables.Line(console, $"Taps: {(result.Taps.Length > 0 ? string.Join(", ", result.Taps) : "none")}");
        StudyTables.Line(console, $"Ports: {(result.Ports.Length > 0 ? $"{string.Join(", ", result.Ports)} ({(result.PortForm == "shared" ? "one vector for all rows" : "a vector per row")})" : "none")}");
        StudyTables.Line(console, $"Weights: {WeightsText.Of(result.Linked, result.Copied)}");
        StudyTables.Line(console, $"Model: {Path.Combine(result.Output, result.Graph)}");
    }
}
