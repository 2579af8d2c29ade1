namespace Roast.Cuda;

/// <summary>
/// Writes a port: row r gets the sum of <c>Strengths[k] * Vectors[Picks[k], :]</c> over its entries k, zeros where it has none.
/// A shared port is one row, per-row ports have a row each.
/// </summary>
public readonly record struct ScaleCall
{
    /// <summary>[vectors, W] float32.</summary>
    public required DeviceView<float> Vectors { get; init; }

    /// <summary>[R + 1] row r's entries are At[r] .. At[r + 1].</summary>
    public required DeviceView<int> At { get; init; }

    /// <summary>Each entry's vector.</summary>
    public required DeviceView<int> Picks { get; init; }

    /// <summary>Each entry's strength, unitless; the relative ones made absolute by <see cref="Strength.Factor"/>.</summary>
    public required DeviceView<float> Strengths { get; init; }

    /// <summary>[R, W] overwritten, of the model's type; no gaps between rows.</summary>
    public required ActivationView Port { get; init; }

    internal void Check()
    {
        ViewSizes.AtLeast(At.Length, Port.Rows + 1L, nameof(At));
        ViewSizes.AtLeast(Strengths.Length, Picks.Length, nameof(Strengths));
        if (Vectors.Length % Port.Width != 0) throw new ArgumentException($"{Vectors.Length} values are no whole number of vectors of width {Port.Width}.", nameof(Vectors));
        if (Port.Stride != Port.Width) throw new ArgumentException($"A port has no gaps between its rows; these are {Port.Stride} apart at width {Port.Width}.", nameof(Port));
    }
}
