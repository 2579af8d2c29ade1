namespace Roast.Cli;

/// <summary>What the process returns. A <see cref="RoastException"/> returns its kind's number, 10 to 21, instead.</summary>
internal static class ExitCode
{
    public const int Done = 0, Unexpected = 1, Usage = 2;

    /// <summary>128 + SIGINT, as shells expect it of an interrupted program.</summary>
    public const int Interrupted = 130;
}
