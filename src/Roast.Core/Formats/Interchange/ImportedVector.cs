namespace Roast.Formats;

/// <summary>A vector that was read from a file of some format, and what should be known about that.</summary>
/// <param name="Vector">The vector; <see cref="VectorProvenance.Extra"/> says where it came from (<c>imported.*</c>).</param>
/// <param name="Format">The <see cref="IVectorFormat.Name"/> that it was read as.</param>
/// <param name="Notes">One sentence each: what the file leaves open, what was assumed. Empty for Roast's own files.</param>
public sealed record ImportedVector(SteeringVector Vector, string Format, IReadOnlyList<string> Notes);
