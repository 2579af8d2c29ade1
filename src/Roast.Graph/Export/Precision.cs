namespace Roast.Graph.Export;

/// <summary>How an export stores and multiplies weights.</summary>
public enum Precision
{
    /// <summary>
    /// <c>fp32</c>: weights stay as they are, in their own files (F32, F16 or BF16); the graph computes in float32. On the CPU, 16-bit
    /// weights become float32 when a session opens.
    /// </summary>
    Float32,
    /// <summary>
    /// <c>fp16</c>: weights, activations, keys, values and logits are float16: half the memory, and what attention on a GPU takes. On the CPU,
    /// which has few float16 kernels, it is slower than fp32. Activations above 65504 overflow; Gemma 3 is known for them.
    /// </summary>
    Float16,
    /// <summary>
    /// <c>int4</c>: products in blocks of 32 with 4 bits a weight (rounded to nearest), float32 scales and activations. Embedding
    /// and head keep 16 bits (F16, or BF16 where the source has that): they lose most and are looked up, not multiplied. Norms and biases are float32.
    /// </summary>
    Int4,
}

/// <summary>Names of <see cref="Precision"/>.</summary>
public static class Precisions
{
    /// <summary>The word that the command line and roast.json use: fp32, fp16 or int4.</summary>
    public static string Name(this Precision precision) => precision switch { Precision.Float16 => "fp16", Precision.Int4 => "int4", _ => "fp32" };
}
