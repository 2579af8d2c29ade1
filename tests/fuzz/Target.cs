namespace Roast.Tests.Fuzz;

/// <summary>A reader under attack.</summary>
/// <param name="Name">Names the folder of its saved inputs in tests/data/fuzz.</param>
/// <param name="Seeds">Whole inputs to begin with.</param>
/// <param name="Words">Pieces of its format.</param>
/// <param name="Read">Reads an input as far as a user could drive it; may throw <see cref="RoastException"/> and nothing else.</param>
sealed record Target(string Name, Func<IReadOnlyList<byte[]>> Seeds, string[] Words, Action<byte[]> Read)
{
    /// <summary>Share of the executions that a run gives to each target; a slow reader gets fewer.</summary>
    internal double Share { get; init; } = 1;

    /// <summary>Corrects a length or checksum that damage made wrong, so that what lies behind it is reached; runs on half of the inputs.</summary>
    internal Func<byte[], byte[]>? Repair { get; init; }
}
