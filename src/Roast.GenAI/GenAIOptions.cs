namespace Roast.GenAI;

/// <summary>How GenAI is found and run. Immutable; vary it using <c>with</c>.</summary>
public sealed record GenAIOptions
{
    /// <summary>
    /// GenAI's native library, or the folder that it lies in. <c>null</c>: what ROAST_GENAI_LIBRARY names, else the library beside the program
    /// or where the system looks. A process loads one.
    /// </summary>
    public string? LibraryPath { get; init; }

    /// <summary>Threads inside one operator. At least 1. <c>null</c>: as genai_config.json says, else half of the cores, GenAI's own choice.</summary>
    public int? Threads
    {
        get;
        init { if (value is { } threads) ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads)); field = value; }
    }
}
