namespace Roast.Graph.Export;

/// <summary>Token ids that hosts other than Roast ask for.</summary>
/// <param name="Begin">Put before a prompt by some tokenizers; <c>null</c>: the model has none.</param>
/// <param name="Padding"><c>null</c>: the model has none.</param>
internal readonly record struct SpecialTokens(int? Begin, int? Padding);
