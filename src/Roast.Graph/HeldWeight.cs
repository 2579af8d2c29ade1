namespace Roast.Graph;

/// <summary>
/// An initializer that is computed when a session needs it, such as a dequantized matrix of a GGUF file. It lies in no file in the
/// form that the graph declares: whoever opens a session gives its bytes (ONNX Runtime: <c>SessionOptions.AddInitializer</c>). Weights are
/// computed in the order of their list: scales come from the same pass as the blocks before them.
/// </summary>
/// <param name="name">The initializer's name.</param>
/// <param name="type">Element type.</param>
/// <param name="shape">Dimensions.</param>
/// <param name="bytes">Size in bytes.</param>
/// <param name="write">Writes exactly that many bytes.</param>
public sealed class HeldWeight(string name, HeldType type, IReadOnlyList<long> shape, long bytes, Action<Stream> write)
{
    /// <summary>The initializer's name.</summary>
    public string Name => name;

    /// <summary>Element type.</summary>
    public HeldType Type => type;

    /// <summary>Dimensions, slowest first.</summary>
    public IReadOnlyList<long> Shape => shape;

    /// <summary>Size in bytes.</summary>
    public long Bytes => bytes;

    /// <summary>Computes the weight: writes <see cref="Bytes"/> bytes, little-endian, the last dimension fastest.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NotFound"/> or <see cref="RoastError.BadFile"/>: the model's file is gone or was cut short meanwhile.</exception>
    public void Write(Stream stream) => write(stream);
}

/// <summary>Element type of a <see cref="HeldWeight"/>; the numbers are ONNX's.</summary>
public enum HeldType
{
    /// <summary>IEEE single.</summary>
    Float32 = 1,
    /// <summary>Bytes of packed blocks.</summary>
    UInt8 = 2,
}
