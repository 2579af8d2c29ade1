using System.CommandLine;
using System.Diagnostics;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Formats;
using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Commands;

/// <summary><c>roast activations</c>.</summary>
internal static class ActivationsCommand
{
    public static Command Create(View view)
    {
        var command = new Command("activations", "Reads activations, and logits, of prompts and writes them as a safetensors file: a tensor [positions, width] per point.");
        var prompt = new PromptOptions(command, isFull: false);
        var file = Words.File("--file", "JSON lines with prompt or ids; the tensors of line N, from 0, are named N.point.");
        var points = Words.Read<PointPattern>("--points", "Points to read, such as resid_post.*,attn_out.0..3.", "points", PointPattern.Parse);
        points.Required = true;
        var positions = Words.Choice("--positions", "Positions that are kept", hasDefault: true, new("last", true), new Word<bool>("all", false));
        var logits = new Option<bool>("--logits") { Description = "Also write the logits of the kept positions: logits [positions, vocabulary]." };
        foreach (Option option in (Option[])[file, points, positions, logits]) command.Options.Add(option);
        var models = new ModelOptions(command);
        var output = new OutputOptions(command, "Safetensors file to write.", null);
        command.SetAction(async (args, cancel) =>
        {
            if (prompt.Count(args) + (args.GetValue(file) is null ? 0 : 1) != 1) throw new UsageException("expected one source of tokens: give --prompt, --ids or --file, and only one of them.");
            var clock = Stopwatch.StartNew();
            string path = output.Require(args);
            using var model = models.Open(args, view);
            var resolved = args.GetRequiredValue(points).Resolve(model.Shape.Layers);
            var sequences = args.GetValue(file) is { } lines ? PromptFile.Read(lines, model) : [prompt.Ids(args, model)];
            var written = new ActivationsFile(model.Identity);
            await view.WithProgress(async progress =>
            {
                for (int i = 0; i < sequences.Count; i++)
                {
                    var read = await model.ReadActivationsAsync(sequences[i], resolved, args.GetRequiredValue(positions)!.Value, args.GetValue(logits), cancel).ConfigureAwait(false);
                    written.Add(args.GetValue(file) is null ? "" : $"{i}.", sequences[i], read);
                    progress?.Report(new WorkProgress("reading", i + 1, sequences.Count, 0));
                }
                return written;
            }).ConfigureAwait(false);
            written.Save(path, output.Force(args));
            view.Show(new ActivationsResult(clock.Elapsed.TotalSeconds, Path.GetFullPath(path), sequences.Count,
                [.. written.Tensors.Select(tensor => new TensorResult(tensor.Name, tensor.Type.Name(), [.. tensor.Shape], tensor.Bytes.Length))]), JsonFace.Readable.ActivationsResult, Table);
            return ExitCode.Done;
        });
        return command;
    }

    static void Table(ActivationsResult result, IAnsiConsole console)
    {
        console.Write(InspectTables.Tensors(result.Tensors));
        StudyTables.Line(console, $"{result.Sequences} sequence{(result.Sequences == 1 ? "" : "s")}: {result.Output}");
    }
}
