namespace Roast.Text;

/// <summary>A chat template that does not take these messages and says why, by <c>raise_exception</c>: roles that must alternate, a system message that it does not know.</summary>
/// <param name="reason">The template's own words.</param>
/// <param name="message">The reason with file, line and what to do next.</param>
public sealed class TemplateRefusedException(string reason, string message) : RoastException(RoastError.Unsupported, message)
{
    /// <summary>The template's own words, nothing added.</summary>
    public string Reason { get; } = reason;
}
