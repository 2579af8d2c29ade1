namespace Roast.Formats;

/// <summary>What a foreign vector file does not say itself. Immutable; vary it using <c>with</c>.</summary>
public sealed record VectorImportOptions
{
    /// <summary>
    /// Added to every layer number of the file. -1 for files of llama.cpp's cvector-generator: it reads the output of block L
    /// and names it <c>direction.(L+1)</c>, which llama.cpp then adds one block later than it was read. 0 does what llama.cpp does.
    /// </summary>
    public int LayerOffset { get; init { ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)value), Point.MaxLayer, nameof(LayerOffset)); field = value; } }

    /// <summary>The site of directions that are numbered and not named (NumPy arrays); <c>null</c>: such a file is refused.</summary>
    public Site? Site { get; init; }

    /// <summary>
    /// Takes a file that is meant to be projected (<c>h - s*v*(v.h)</c>, which depends on h) as one that is added
    /// (<c>h + s*v</c>). Another operation: <c>false</c>, the default, refuses such files.
    /// </summary>
    public bool ProjectAsAdd { get; init; }

    /// <summary>Opens a file that lies beside the one that is read, by its plain name; <c>null</c> where there is none to open.</summary>
    internal Func<string, Stream>? OpenSibling { get; init; }
}
