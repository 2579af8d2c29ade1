namespace Roast.Tasks;

/// <summary>
/// What reading a file may cost, in bytes of pages, dictionaries and rows as JSON together. A few bytes can announce a thousand
/// million values, so the file's own size bounds what comes out of it.
/// </summary>
/// <param name="fileBytes">The file's size.</param>
internal sealed class ParquetBudget(long fileBytes)
{
    /// <summary>Most bytes that come out of a byte of the file. Text packs 3 to 10 to one.</summary>
    internal const int MaxRatio = 100;

    /// <summary>What any file may cost beside that, in bytes.</summary>
    internal const int MaxFree = 8 * 1024 * 1024;

    /// <summary>What a row costs beside its JSON, and a value beside its text.</summary>
    internal const int Row = 256, Value = 8;

    long _left = MaxFree + MaxRatio * fileBytes;

    /// <exception cref="FormatException">The file costs more than it may.</exception>
    internal void Spend(long bytes)
    {
        if (bytes > _left) throw new FormatException($"more than {MaxRatio} times its {fileBytes:N0} bytes would come out of it");
        _left -= bytes;
    }
}
