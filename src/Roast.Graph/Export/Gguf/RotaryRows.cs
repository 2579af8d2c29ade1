namespace Roast.Graph.Export;

/// <summary>
/// The order of query and key rows in GGUF files of the llama architecture. There, values 2i and 2i + 1 of a head rotate
/// together; Hugging Face, and our graphs, pair i with i + half. Whole rows are in another place, so putting them back is exact
/// for every quantized format, and one graph, with one rotation, serves both kinds of file. (The other way, rotary_interleaved = 1
/// with rows as stored, computes the same numbers; keys in the cache would then lie otherwise than in every other model.)
/// </summary>
internal static class RotaryRows
{
    /// <summary>Where a row of the result lies in the file.</summary>
    /// <param name="row">Row in Hugging Face's order.</param>
    /// <param name="headSize">Rows of a head; even.</param>
    public static int Stored(int row, int headSize)
    {
        int head = row / headSize, at = row % headSize, half = headSize / 2;
        return head * headSize + (at < half ? 2 * at : 2 * (at - half) + 1);
    }
}
