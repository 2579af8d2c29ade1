using Roast.Graph.Protobuf;

namespace Roast.Graph.Export;

/// <summary>
/// Where a model's weights come from. A family asks by Hugging Face's tensor names and never learns whether a safetensors
/// file, a GGUF file or a quantizer answers. Every initializer that a source gives lies in <see cref="Folder"/>.
/// </summary>
internal interface IWeightSource
{
    /// <summary>The folder that the initializers' locations are relative to.</summary>
    string Folder { get; }

    /// <summary>A tensor that is not the matrix of a product (an embedding, a norm, a bias), as an external initializer of the same name.</summary>
    /// <returns>Element type <see cref="Tensors.Float"/>, <see cref="Tensors.Float16"/> or <see cref="Tensors.BFloat16"/>; the builder casts.</returns>
    /// <exception cref="RoastException">BadFile: absent or of another shape. Unsupported: of a type that cannot be used.</exception>
    TensorProto Take(string name, params ReadOnlySpan<long> shape);

    /// <summary>The matrix of a product x W^T, [outputs, inputs]; may be one that <see cref="Take"/> gave before (a tied head).</summary>
    /// <exception cref="RoastException">BadFile: absent or of another shape. Unsupported: of a type that cannot be used.</exception>
    LinearWeight TakeLinear(string name, int outputs, int inputs);

    /// <summary>Refuses tensors that the graph left out: a bias or an adapter that is silently dropped gives a different model.</summary>
    /// <exception cref="RoastException">Unsupported.</exception>
    void RefuseLeftovers(string family);
}
