using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Files;
using Roast.Formats;
using Roast.Graph.Inspect;
using Roast.Onnx;

namespace Roast.Cli.Commands;

/// <summary><c>roast inspect</c>.</summary>
internal static class InspectCommand
{
    public static Command Create(View view)
    {
        var path = new Argument<string>("path") { Description = $"Model folder ('{ModelOptions.Bundled}' is the bundled one), .gguf model, steering vector, other safetensors file, or .onnx file." };
        var command = new Command("inspect", "Shows what a model, a steering vector or another file consists of.") { path };
        command.SetAction(args =>
        {
            Show(view, ModelOptions.Path(args.GetRequiredValue(path)));
            return ExitCode.Done;
        });
        return command;
    }

    static void Show(View view, string path)
    {
        if (Directory.Exists(path) || path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)) ShowModel(view, path);
        else if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) view.Show(GraphResult.Of(GraphSummary.Read(path), path, RuntimeOptions.AvailableProviders), JsonFace.Readable.GraphResult, InspectTables.Graph);
        else ShowSafetensors(view, path);
    }

    static void ShowModel(View view, string path)
    {
        view.Show(ModelResult.Of(ModelSummary.Read(path)), JsonFace.Readable.ModelResult, InspectTables.Model);
    }

    static void ShowSafetensors(View view, string path)
    {
        SafetensorsHeader header;
        using (var stream = InputFile.Open(path))
        {
            if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new RoastException(RoastError.Unsupported, $"{path}: is of a kind that inspect does not know; expected a model folder, a .gguf, a .safetensors or a .onnx file.");
            header = SafetensorsHeader.Read(stream, path);
        }
        if (header.Metadata.ContainsKey("roast.format")) view.Show(VectorResult.Of(SteeringVector.Load(path), path), JsonFace.Readable.VectorResult, InspectTables.Vector);
        else view.Show(TensorsResult.Of(header, path), JsonFace.Readable.TensorsResult, InspectTables.File);
    }
}
