namespace Roast;

/// <summary>How ports take their vectors.</summary>
public enum PortForm
{
    /// <summary>One vector of shape [width] for all rows: free at run time.</summary>
    Shared,
    /// <summary>A tensor of shape [rows, 1, width], or [1, 1, width] for all: each row has its own vector.</summary>
    PerRow,
}

/// <summary>The positions whose logits a run returns.</summary>
public enum LogitPositions
{
    /// <summary>The last position of each row: [rows, 1, vocabulary]. The head runs once per row.</summary>
    Last,
    /// <summary>Every position: [rows, positions, vocabulary].</summary>
    All,
}

/// <summary>Which points a session taps and which it steers. A session is made for a plan; vectors and strengths change without a new one.</summary>
public sealed record Plan
{
    /// <summary>Nothing tapped, nothing steered, logits of the last position.</summary>
    public static Plan Empty { get; } = new();

    /// <summary>Points whose activations the session returns, each once.</summary>
    public IReadOnlyList<Point> Taps { get; init => field = Sorted(value); } = [];

    /// <summary>Points that the session can steer, each once.</summary>
    public IReadOnlyList<Point> Ports { get; init => field = Sorted(value); } = [];

    /// <summary>The form of every port.</summary>
    public PortForm PortForm { get; init; } = PortForm.Shared;

    /// <summary>The positions whose logits a run returns.</summary>
    public LogitPositions Logits { get; init; } = LogitPositions.Last;

    /// <summary>Plans are equal when they name the same points and forms.</summary>
    public bool Equals(Plan? other) => other is not null && PortForm == other.PortForm && Logits == other.Logits
        && Taps.SequenceEqual(other.Taps) && Ports.SequenceEqual(other.Ports);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var tap in Taps) hash.Add(tap);
        foreach (var port in Ports) hash.Add((port, true));
        hash.Add((PortForm, Logits));
        return hash.ToHashCode();
    }

    static Point[] Sorted(IReadOnlyList<Point> points) => [.. points.Distinct().Order()];
}
