using System.Globalization;
using Roast.Formats;
using Roast.Files;

namespace Roast.Graph.Protobuf;

/// <summary>Where the bytes of an external tensor are, checked: a graph from elsewhere must not make us open files outside its folder.</summary>
internal static class ExternalData
{
    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;

    /// <summary>Checks every external initializer of a graph against the files beside it.</summary>
    /// <exception cref="RoastException">BadFile: a location outside the folder, or bytes past a file's end. NotFound: a file that is not there.</exception>
    public static void Check(GraphProto graph, string folder, string file)
    {
        var lengths = new Dictionary<string, long>();
        foreach (var tensor in graph.Initializer.Where(IsExternal))
        {
            string location = Location(tensor);
            if (location.Length == 0 || Path.IsPathRooted(location) || location.Split('/', '\\').Any(part => part is "" or "." or "..") || location.Contains(':') || location.Contains('\0'))
                throw Bad(file, tensor, $"lies in '{location}'; expected a file in the graph's own folder");
            (long offset, long? length) = (Number(tensor, "offset", file) ?? 0, Number(tensor, "length", file));
            if (!lengths.TryGetValue(location, out long bytes))
            {
                RealPath.RequireInside(folder, location, file);                 // also not through a link; ONNX Runtime would refuse it later, with less to say
                var weights = new FileInfo(Path.Combine(folder, location));
                if (!weights.Exists)
                    throw new RoastException(RoastError.NotFound, $"{weights.FullName} does not exist; {file} has its weights there. Put both files into one folder.");
                lengths[location] = bytes = weights.Length;
            }
            if (offset > bytes || length > bytes - offset)
                throw Bad(file, tensor, $"takes {length} bytes from byte {offset} of '{location}', which has {bytes}");
        }
    }

    /// <summary>The file that holds the tensor, relative to the graph's folder; empty where the tensor does not say.</summary>
    public static string Location(TensorProto tensor) => Text(tensor, "location") ?? "";

    /// <summary>The stated number of bytes; 0 where the tensor does not say.</summary>
    public static long Length(TensorProto tensor) =>
        NumberText.TryParse(Text(tensor, "length"), NumberStyles.None, out long length) ? length : 0;

    static string? Text(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    static long? Number(TensorProto tensor, string key, string file)
    {
        if (Text(tensor, key) is not { } text) return null;
        return NumberText.TryParse(text, NumberStyles.None, out long number)
            ? number
            : throw Bad(file, tensor, $"has the {key} '{text}'; expected a number of bytes");
    }

    static RoastException Bad(string file, TensorProto tensor, string why) =>
        new(RoastError.BadFile, $"{file}: the initializer '{tensor.Name}' {why}. The graph and its weights do not belong together, or the graph is damaged: export it again.");
}
