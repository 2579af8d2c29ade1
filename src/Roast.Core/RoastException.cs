namespace Roast;

/// <summary>
/// A file, model or task that Roast cannot use. The message says what, where, what was expected and what to do next.
/// Misuse of the API throws BCL exceptions (<see cref="ArgumentException"/>, <see cref="ObjectDisposedException"/>) instead.
/// </summary>
/// <param name="kind">What kind of thing went wrong; stable across versions.</param>
/// <param name="message">What, where, expected, next.</param>
/// <param name="inner">The failure underneath, if there was one.</param>
public class RoastException(RoastError kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of thing went wrong.</summary>
    public RoastError Kind { get; } = kind;
}
