namespace Roast.Cli.Results;

/// <summary>The result of <c>roast convert</c>.</summary>
internal sealed record ConvertResult(string Source, string SourceFormat, string Target, string TargetFormat, string[] Points, long Bytes, IReadOnlyList<string> Notes);
