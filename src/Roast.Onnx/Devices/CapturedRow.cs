namespace Roast.Onnx.Devices;

/// <summary>What a row that just ended has captured, where it lies. Good inside the call that hands it out; later its place is another row's.</summary>
/// <param name="Captures">Whose it is.</param>
/// <param name="Width">Values, over all taps.</param>
/// <param name="Row">The row.</param>
/// <param name="Steps">How many steps its mean is over; 0: it is the taps of the last step.</param>
internal readonly record struct CapturedRow(TapCaptures Captures, int Width, int Row, int Steps)
{
    /// <summary>[width] its values where they are on the host already; then it is good as long as it is kept.</summary>
    public float[]? Values { get; private init; }

    /// <summary>[width] its values, tap after tap.</summary>
    public float[] Read()
    {
        if (Values is not null) return Values;
        var values = new float[Width];
        if (Steps > 0) Captures.Mean(Row, Steps, values);
        else Captures.Last(Row, values);
        return values;
    }

    /// <summary>The same with its values on the host.</summary>
    public CapturedRow Held() => this with { Values = Read() };
}
