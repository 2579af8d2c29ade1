using System.CommandLine;
using Roast.Cli.Conversions;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;
using Roast.Files;
using Roast.Formats;
using Roast.Onnx;

namespace Roast.Cli.Commands;

/// <summary><c>roast convert</c>.</summary>
internal static class ConvertCommand
{
    public static Command Create(View view)
    {
        var input = new Argument<string>("input") { Description = "Vector to read; its format is told by its content." };
        var output = new Argument<string>("output") { Description = "File to write." };
        var from = Words.Choice("--from", "Format of the input, by default told by its content", hasDefault: false, Formats(_ => true));
        var to = Words.Choice("--to", "Format of the output, by default told by its name", hasDefault: false, Formats(format => format.CanWrite));
        var offset = Numbers.Int("--layer-offset", "Added to the input's layers; -1 for files of llama.cpp's cvector-generator, which names the output of block N direction.N+1.", 0, least: -Point.MaxLayer, most: Point.MaxLayer);
        var outputOffset = Numbers.Int("--output-layer-offset", "Added to the output's layers.", 0, least: -Point.MaxLayer, most: Point.MaxLayer);
        var site = Words.Choice("--site", "Where numbered directions (.npz) belong", hasDefault: false, [.. Sites.All.Select(value => new Word<Site>(value.Name(), value))]);
        var asAdd = new Option<bool>("--project-as-add") { Description = "Take directions that are made to be projected as ones that are added." };
        var model = new Option<string?>("--model", "-m") { Description = "Model that the vector must fit.", HelpName = "folder" };
        var strength = Numbers.Float("--strength", "Strength that goes into an .onnx_adapter; default: what the vector recommends, else 0.2.");
        var relative = new Option<bool>("--relative") { Description = "The strength is a share of the mean activation norm at each point." };
        var force = new Option<bool>("--force") { Description = "Replace an output that exists." };
        var command = new Command("convert", "Reads a vector of one program and writes it for another; what the target cannot say is an error.") { input, output, from, to, offset, outputOffset, site, asAdd, model, strength, relative, force };
        command.SetAction(args =>
        {
            (string source, string target) = (args.GetRequiredValue(input), args.GetRequiredValue(output));
            if (args.GetValue(relative) && args.GetValue(strength) is null) throw new UsageException("--relative says how --strength is meant: give --strength as well.");
            if (ConversionTable.IsAbout(source, target))
            {
                Strength? s = args.GetValue(strength) is not { } value ? null : args.GetValue(relative) ? Strength.Relative(value) : Strength.Absolute(value);
                view.Show(Adapter(new ConversionRequest(source, target, args.GetValue(model) is { } host ? ModelOptions.Path(host) : null, s, args.GetValue(force), view.Note)), JsonFace.Readable.ConvertResult, VectorTables.Converted);
                return ExitCode.Done;
            }
            if (args.GetValue(strength) is not null) throw new UsageException("--strength goes into an .onnx_adapter only; other files carry the direction as it is.");
            var format = args.GetValue(to)?.Value ?? VectorFormats.ForWriting(target);
            bool overwrite = args.GetValue(force);
            try { OutputFile.Require(target, overwrite); }
            catch (RoastException e) when (File.Exists(target)) { throw new RoastException(e.Kind, $"{e.Message} --force overwrites.", e); }

            var options = new VectorImportOptions { LayerOffset = args.GetValue(offset) ?? 0, Site = args.GetValue(site)?.Value, ProjectAsAdd = args.GetValue(asAdd) };
            var read = args.GetValue(from) is { } named ? SteeringVector.Import(source, named.Value, options) : SteeringVector.Import(source, options);
            var notes = new List<string>(read.Notes);
            if (args.GetValue(model) is { } folder)
            {
                using var opened = SteerableModel.Open(ModelOptions.Path(folder));
                notes.AddRange(opened.Check(read.Vector));
            }
            notes.AddRange(read.Vector.Export(target, format, new VectorExportOptions { LayerOffset = args.GetValue(outputOffset) ?? 0 }, overwrite));
            foreach (string note in notes) view.Note(note);
            view.Show(new ConvertResult(source, read.Format, target, format.Name, [.. read.Vector.Points.Select(point => point.ToString())], notes), JsonFace.Readable.ConvertResult, VectorTables.Converted);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>An adapter is for one model's ports and carries a strength: unlike a vector's formats, it is no other spelling of the same thing.</summary>
    static ConvertResult Adapter(ConversionRequest request)
    {
        var conversion = ConversionTable.Find(request.Source, request.Target);
        var notes = new List<string>();
        var points = conversion.Convert(request with { Note = note => { notes.Add(note); request.Note(note); } });
        return new ConvertResult(request.Source, conversion.From[1..], request.Target, conversion.To[1..], [.. points.Select(point => point.ToString())], notes);
    }

    static Word<IVectorFormat>[] Formats(Func<IVectorFormat, bool> which) => [.. VectorFormats.All.Where(which).Select(format => new Word<IVectorFormat>(format.Name, format))];
}
