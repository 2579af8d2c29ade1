namespace Roast.Onnx.Live;

/// <summary>
/// Watches streamed text for stop strings. Text that may be the beginning of one is held back until it is clear, so that
/// nothing of a stop string is ever shown. One per answer.
/// </summary>
/// <param name="stops">At least one, none empty.</param>
internal sealed class StopStrings(IReadOnlyList<string> stops)
{
    string _held = "";

    /// <summary>Whether a stop string has been seen.</summary>
    public bool Hit { get; private set; }

    /// <summary>Takes the next piece; returns what can be shown now.</summary>
    public string Append(string piece)
    {
        if (Hit) return "";
        string text = _held + piece;
        int first = -1;
        foreach (string stop in stops)
            if (text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and var at && (first < 0 || at < first)) first = at;
        if (first >= 0)
        {
            (Hit, _held) = (true, "");
            return text[..first];
        }
        int hold = LongestBeginning(text);
        _held = text[^hold..];
        return text[..^hold];
    }

    /// <summary>What is still held back when the answer ends.</summary>
    public string Flush()
    {
        string rest = Hit ? "" : _held;
        _held = "";
        return rest;
    }

    /// <summary>Characters at the end of the text that begin a stop string.</summary>
    int LongestBeginning(string text)
    {
        int longest = 0;
        foreach (string stop in stops)
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length))) { longest = length; break; }
        return longest;
    }
}
