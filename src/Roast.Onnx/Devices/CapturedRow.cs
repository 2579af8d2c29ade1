namespace Roast.Onnx.Devices;

/// <summary>What a row that just ended has captured, where it lies. Good inside the call that hands it out; later its place is another row's.</summary>
/// <param name="Captures">Whose it is.</param>
/// <param name="Width">Values, over all taps.</param>
/// <param name="Row">The row.</param>
/// <param name="Steps">How many steps its mean is over; 0: it is the taps of the last step.</param>
internal readonly record struct CapturedRow(TapCaptures Captures, int Width, int Row, int Steps)
{
    /// <summary>[width] its values, tap after tap.</summary>
    public float[] Read()
    {
        var values = new float[Width];
        if (Steps > 0) Captures.Mean(Row, Steps, values);
        else Captures.Last(Row, values);
        return values;
    }
}
