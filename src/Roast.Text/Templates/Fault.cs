namespace Roast.Text.Templates;

/// <summary>Why a template cannot go on. The evaluator turns it into a <see cref="RoastException"/> with file and line.</summary>
/// <param name="what">The reason, as the end of a sentence.</param>
/// <param name="isRaised">The template itself said so, by <c>raise_exception</c>.</param>
internal sealed class Fault(string what, bool isRaised = false) : Exception(what)
{
    internal bool IsRaised { get; } = isRaised;
}
