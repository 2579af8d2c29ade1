using System.CommandLine;
using Roast.Cli.Conversions;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Formats;

namespace Roast.Cli.Commands;

/// <summary><c>roast convert</c>.</summary>
internal static class ConvertCommand
{
    public static Command Create(View view)
    {
        var source = new Argument<string>("source") { Description = "File to read; a vector's format is told by its content." };
        var target = new Argument<string>("target") { Description = "File to write; its ending says its format." };
        var model = new Option<string?>("--model", "-m") { Description = "Folder or .onnx file of the model that an adapter is for, or folder of one that the vector must fit.", HelpName = "folder" };
        var strength = Numbers.Float("--strength", "Strength that goes into an adapter; default: what the vector recommends, else 0.2.");
        var relative = new Option<bool>("--relative") { Description = "The strength is a share of the mean activation norm at each point." };
        var from = Words.Choice("--from", "Format of the source, by default told by its content", hasDefault: false, Formats(_ => true));
        var to = Words.Choice("--to", "Format of the target, by default told by its name", hasDefault: false, Formats(format => format.CanWrite));
        var offset = Numbers.Int("--layer-offset", "Added to the source's layers; -1 for files of llama.cpp's cvector-generator, which names the output of block N direction.N+1.", 0, least: -Point.MaxLayer, most: Point.MaxLayer);
        var targetOffset = Numbers.Int("--output-layer-offset", "Added to the target's layers.", 0, least: -Point.MaxLayer, most: Point.MaxLayer);
        var site = Words.Choice("--site", "Where numbered directions (.npz) belong", hasDefault: false, [.. Sites.All.Select(value => new Word<Site>(value.Name(), value))]);
        var asAdd = new Option<bool>("--project-as-add") { Description = "Take directions that are made to be projected as ones that are added." };
        var force = new Option<bool>("--force") { Description = "Replace an output that exists." };
        var command = new Command("convert", $"Writes a steering vector in another format, or reads one from it: {ConversionTable.Ways}. What the target cannot say is an error.")
            { source, target, model, strength, relative, from, to, offset, targetOffset, site, asAdd, force };
        command.SetAction(args =>
        {
            if (args.GetValue(relative) && args.GetValue(strength) is null) throw new UsageException("--relative says how --strength is meant: give --strength as well.");
            Strength? s = args.GetValue(strength) is not { } value ? null : Strength.Of(value, args.GetValue(relative));
            var notes = new List<string>();
            var request = new ConversionRequest(args.GetRequiredValue(source), args.GetRequiredValue(target), args.GetValue(model) is { } folder ? ModelOptions.Path(folder) : null, s, args.GetValue(force), notes.Add)
            {
                From = args.GetValue(from)?.Value,
                To = args.GetValue(to)?.Value,
                Import = new VectorImportOptions { LayerOffset = args.GetValue(offset) ?? 0, Site = args.GetValue(site)?.Value, ProjectAsAdd = args.GetValue(asAdd) },
                Export = new VectorExportOptions { LayerOffset = args.GetValue(targetOffset) ?? 0 },
            };
            var converted = ConversionTable.Find(request).Convert(request);
            foreach (string note in notes) view.Note(note);
            view.Show(new ConvertResult(request.Source, converted.From, request.Target, converted.To, [.. converted.Points.Select(point => point.ToString())], new FileInfo(request.Target).Length, notes), JsonFace.Readable.ConvertResult, VectorTables.Converted);
            return ExitCode.Done;
        });
        return command;
    }

    static Word<IVectorFormat>[] Formats(Func<IVectorFormat, bool> which) => [.. VectorFormats.All.Where(which).Select(format => new Word<IVectorFormat>(format.Name, format))];
}
