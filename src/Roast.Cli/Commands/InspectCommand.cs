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
    const string Own = "roast";

    public static Command Create(View view)
    {
        var path = new Argument<string>("path") { Description = $"Model folder ('{ModelOptions.Bundled}' is the bundled one), .gguf model, GGUF model, steering vector, vector of another program, other safetensors file, or .onnx file." };
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
        else if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) view.Show(GraphResult.Of(GraphSummary.Read(path), path, ExecutionProviders.Available), JsonFace.Readable.GraphResult, InspectTables.Graph);
        else ShowFile(view, path);
    }

    static void ShowModel(View view, string path)
    {
        view.Show(ModelResult.Of(ModelSummary.Read(path)), JsonFace.Readable.ModelResult, InspectTables.Model);
    }

    // By content: a name may be wrong, and a GGUF file may be a model or a vector.
    static void ShowFile(View view, string path)
    {
        using (var stream = InputFile.Open(path))
        {
            if (VectorFormats.Detect(stream) is not { } format)
                throw new RoastException(RoastError.Unsupported, $"{path}: is of a kind that inspect does not know; expected a model folder, a model or vector in GGUF, a safetensors file, a vector of another program, or a .onnx file.");
            if (format.Name == Own && !SafetensorsHeader.Read(stream, path).Metadata.ContainsKey("roast.format"))
            {
                view.Show(TensorsResult.Of(SafetensorsHeader.Read(stream, path), path), JsonFace.Readable.TensorsResult, InspectTables.File);
                return;
            }
            if (format.Extensions.Contains(".gguf") && GgufHeader.Read(stream, path).Metadata.Text("general.architecture") is not (null or "controlvector"))
            {
                ShowModel(view, path);
                return;
            }
        }
        // What is projected is shown as well; the notes say that it is.
        view.Show(VectorResult.Of(SteeringVector.Import(path, new VectorImportOptions { ProjectAsAdd = true }), path), JsonFace.Readable.VectorResult, InspectTables.Vector);
    }
}
