namespace Roast.Cli.Results;

/// <summary>The result of <c>roast report</c>.</summary>
/// <param name="Report">The page.</param>
/// <param name="Inputs">The files that it shows.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sections">What it shows, by heading.</param>
internal sealed record ReportCommandResult(string Report, string[] Inputs, long Bytes, string[] Sections);
