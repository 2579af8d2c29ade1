namespace Roast.Cli.Results;

internal sealed record ErrorResult(ErrorDetail Error);

internal sealed record ErrorDetail(string Kind, string Message);
