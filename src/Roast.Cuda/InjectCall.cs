namespace Roast.Cuda;

/// <summary>Steers activations in place: <c>h + s*v</c>, or <c>h*(1 + s*v)</c>. For hosts that own the buffer and have no port.</summary>
public readonly record struct InjectCall
{
    /// <summary>[R, W] overwritten.</summary>
    public required ActivationView Activations { get; init; }

    /// <summary>[vectors, W] float32.</summary>
    public required DeviceView<float> Vectors { get; init; }

    /// <summary>[R] each row's vector; below 0: the row is not steered.</summary>
    public required DeviceView<int> Picks { get; init; }

    /// <summary>[R] unitless; 0 leaves every bit of the row alone.</summary>
    public required DeviceView<float> Strengths { get; init; }

    /// <summary>[R] 0: the row's position is outside the scope; no view: all are inside.</summary>
    public DeviceView<byte> Scope { get; init; }

    /// <summary><c>true</c>: <c>h*(1 + s*v)</c>.</summary>
    public bool Multiply { get; init; }

    internal void Check()
    {
        ViewSizes.AtLeast(Picks.Length, Activations.Rows, nameof(Picks));
        ViewSizes.AtLeast(Strengths.Length, Activations.Rows, nameof(Strengths));
        if (!Scope.IsNone) ViewSizes.AtLeast(Scope.Length, Activations.Rows, nameof(Scope));
        if (Vectors.Length % Activations.Width != 0) throw new ArgumentException($"{Vectors.Length} values are no whole number of vectors of width {Activations.Width}.", nameof(Vectors));
    }
}
