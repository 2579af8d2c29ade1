using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Graph.Export;
using Roast.Onnx;

namespace Roast.Cli.Commands;

/// <summary><c>roast export</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(View view)
    {
        var source = new Argument<string>("source") { Description = $"Hugging Face model folder or .gguf file ('{ModelOptions.Bundled}' is the bundled model)." };
        var output = new Option<string?>("--output", "-o") { Description = "Folder to write; default: the source folder itself, whose weights the graph then uses where they are. A .gguf file needs one.", HelpName = "folder" };
        var precision = Words.Choice("--precision", "How weights are stored", hasDefault: true, Enum.GetValues<Precision>().Select(value => new Word<Precision>(value.Name(), value)).ToArray());
        var asymmetric = new Option<bool>("--asymmetric") { Description = "int4: a zero point per block." };
        var accuracy = Numbers.Int("--accuracy-level", "int4: 0 keeps activations in float32, 4 rounds them to 8 bits.", new ExportOptions().AccuracyLevel, least: 0, most: 4);
        var context = Numbers.Int("--max-positions", "Longest sequence in tokens; the model's own limit holds where it is lower.", new ExportOptions().MaxPositions, most: 1 << 20);
        var force = new Option<bool>("--force") { Description = "Replace files that exist." };
        var command = new Command("export", "Writes a model as an ONNX folder that ONNX Runtime, GenAI and Roast open.") { source, output, precision, asymmetric, accuracy, context, force };
        command.SetAction((args, cancel) =>
        {
            string folder = ModelOptions.Path(args.GetRequiredValue(source));
            string target = args.GetValue(output) ?? (File.Exists(folder) ? throw new UsageException("The weights of a .gguf file are written anew: name a folder with --output.") : folder == ModelOptions.BundledPath() ? throw new UsageException("The bundled model's own folder is not written to: name a folder with --output.") : folder);
            var options = new ExportOptions
            {
                Precision = args.GetRequiredValue(precision)!.Value, Asymmetric = args.GetValue(asymmetric),
                AccuracyLevel = args.GetValue(accuracy) ?? 0, MaxPositions = args.GetValue(context) ?? new ExportOptions().MaxPositions,
            };
            var result = Export(folder, target, options, args.GetValue(force), cancel);
            foreach (string note in result.Notes) view.Note(note);
            view.Show(ExportCommandResult.Of(result), JsonFace.Readable.ExportCommandResult, ExportTable.Show);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    static ExportResult Export(string folder, string target, ExportOptions options, bool force, CancellationToken cancel)
    {
        try { return ModelExport.Export(folder, target, options, force, cancel); }
        catch (RoastException e) when (e.Kind == RoastError.CannotWrite && !force && Directory.Exists(target)) { throw new RoastException(e.Kind, $"{e.Message} --force overwrites.", e); }
    }
}
