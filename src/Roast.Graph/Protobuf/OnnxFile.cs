using Google.Protobuf;

namespace Roast.Graph.Protobuf;

/// <summary>Reads ONNX bytes that nobody vouches for. Nesting is limited to 100 messages, protobuf's own default.</summary>
internal static class OnnxFile
{
    /// <summary>Largest graph file in bytes: protobuf's limit of 2 GiB, less what .NET needs around an array.</summary>
    public const long MaxBytes = 0x7FFFFFC7;

    /// <summary>Reads a file.</summary>
    /// <exception cref="RoastException">NotFound: absent or unreadable. BadFile: too large, cut short, or no ONNX model.</exception>
    public static ModelProto Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new RoastException(RoastError.NotFound, $"{path} does not exist. Name a model.onnx file.");
            CheckLength(file.Length, path);
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.NotFound, $"{path}: cannot be read: {e.Message} Check that you may read it.", e);
        }
    }

    /// <summary>Reads bytes; <paramref name="file"/> names them in messages.</summary>
    public static ModelProto Parse(ReadOnlySpan<byte> bytes, string file)
    {
        ModelProto model;
        // From memory, so that a claimed length is compared with what is there before anything is allocated for it.
        try { model = ModelProto.Parser.ParseFrom(bytes); }
        catch (InvalidProtocolBufferException e)
        {
            throw new RoastException(RoastError.BadFile, $"{file}: is not an ONNX model of {bytes.Length} bytes: {e.Message} The copy is cut short or of another format: export or fetch it again.", e);
        }
        if (model.Graph is null || !model.HasIrVersion)
            throw new RoastException(RoastError.BadFile, $"{file}: its {bytes.Length} bytes hold no ONNX graph; expected a ModelProto with ir_version and graph. The file is of another format: name a model.onnx.");
        return model;
    }

    /// <summary>Refuses a file that protobuf cannot hold.</summary>
    internal static void CheckLength(long bytes, string path)
    {
        if (bytes > MaxBytes)
            throw new RoastException(RoastError.BadFile, $"{path}: has {bytes} bytes; a graph of at most {MaxBytes} is read. Keep the weights as external data beside the graph.");
    }
}
