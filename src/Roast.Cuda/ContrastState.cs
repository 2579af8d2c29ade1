namespace Roast.Cuda;

/// <summary>What became of one question's contrast.</summary>
public enum ContrastState
{
    /// <summary>It votes.</summary>
    Votes = 0,
    /// <summary>Too small to carry a direction: it votes zeros, and counts.</summary>
    Degenerate = 1,
    /// <summary>NaN or infinity among its activations.</summary>
    NotFinite = 2,
    /// <summary>No correct or no incorrect row: nothing to contrast.</summary>
    OneSided = 3,
}
