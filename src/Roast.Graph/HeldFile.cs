namespace Roast.Graph;

/// <summary>
/// A file of external data that a graph refers to and that is not on the disk: weights that are converted when a session needs them. Whoever opens a
/// session gives its content under its name (ONNX Runtime: <c>AddExternalInitializersFromFilesInMemory</c>).
/// </summary>
/// <param name="name">The name that the graph's initializers state.</param>
/// <param name="bytes">Its size.</param>
/// <param name="write">Writes the content to a stream that can seek.</param>
public sealed class HeldFile(string name, long bytes, Action<Stream> write)
{
    /// <summary>The name that the graph's initializers state; in <see cref="ModelGraph.WeightsFolder"/> there is no such file.</summary>
    public string Name => name;

    /// <summary>Size in bytes.</summary>
    public long Bytes => bytes;

    /// <summary>Converts the weights and writes them: at most <see cref="Bytes"/> bytes; gaps between tensors are skipped.</summary>
    /// <exception cref="RoastException">
    /// <see cref="RoastError.Unsupported"/>: a weight beyond float16's range; names the tensor. <see cref="RoastError.NotFinite"/>,
    /// <see cref="RoastError.NotFound"/> or <see cref="RoastError.BadFile"/>: the model's file is damaged, or gone meanwhile.
    /// </exception>
    public void Write(Stream stream) => write(stream);
}
