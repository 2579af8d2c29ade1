namespace Roast.Text.Templates;

/// <summary>
/// The work that one rendering may do. A template is untrusted: loops inside loops, and strings that double, must come to
/// an end. A character that is copied or searched costs one unit, a statement a hundred.
/// </summary>
internal sealed class Budget(string file)
{
    /// <summary>Units of one rendering: some seconds. A conversation of a million characters needs about one per cent.</summary>
    internal const long Limit = 1_000_000_000;

    /// <summary>What a statement costs.</summary>
    internal const int Statement = 100;

    long _left = Limit;

    /// <summary>Takes units away.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: none are left.</exception>
    internal void Spend(long units, int line)
    {
        _left -= units;
        if (_left < 0) throw Throw.TemplateFailed(file, line, "it does not come to an end");
    }

    /// <summary>Takes a unit for each character of a string.</summary>
    internal void Spend(Value value, int line)
    {
        if (value is StringValue text) Spend(text.Text.Length, line);
    }
}
