namespace Roast.Cli.Results;

/// <summary>The result of <c>roast convert</c>.</summary>
internal sealed record ConvertResult(string Source, string Target, string[] Points, long Bytes);
