using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Roast.Kernels;

/// <summary>The one wording for spans that should be equally wide.</summary>
[StackTraceHidden]
internal static class WidthMismatch
{
    internal static void ThrowIfDifferent(int expected, int actual, string name)
    {
        if (expected != actual) Throw(expected, actual, name);
    }

    [DoesNotReturn]
    static void Throw(int expected, int actual, string name) =>
        throw new ArgumentException($"'{name}' has {actual} values where {expected} were expected; both spans must have the width of the same point.", name);
}
