using Roast.Files;
using Roast.Formats;
using Roast.Onnx;

namespace Roast.Cli.Conversions;

/// <summary>A vector of any format that <see cref="VectorFormats"/> reads, as one that it writes.</summary>
internal sealed class FormatConversion : IConversion
{
    public string From => "a vector of any known format";

    public string To => string.Join(", ", VectorFormats.All.Where(format => format.CanWrite).SelectMany(format => format.Extensions));

    public Converted Convert(ConversionRequest request)
    {
        if (request.Strength is not null) throw new UsageException("--strength goes into an adapter; a vector keeps its length. Use 'roast vector scale', or give the strength where the vector is used.");
        var format = request.To ?? VectorFormats.ForWriting(request.Target);
        try { OutputFile.Require(request.Target, request.Force); }
        catch (RoastException e) when (File.Exists(request.Target)) { throw new RoastException(e.Kind, $"{e.Message} --force overwrites.", e); }

        var read = request.From is { } named ? SteeringVector.Import(request.Source, named, request.Import) : SteeringVector.Import(request.Source, request.Import);
        foreach (string note in read.Notes) request.Note(note);
        if (request.Model is { } folder)
        {
            using var model = SteerableModel.Open(folder);
            foreach (string doubt in model.Check(read.Vector)) request.Note(doubt);
        }
        foreach (string note in read.Vector.Export(request.Target, format, request.Export, request.Force)) request.Note(note);
        return new Converted(read.Vector.Points, read.Format, format.Name);
    }
}
