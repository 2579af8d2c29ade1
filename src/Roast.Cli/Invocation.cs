namespace Roast.Cli;

/// <summary>How the person at the keyboard called the program: what a suggested next command must begin with.</summary>
internal static class Invocation
{
    static readonly string Project = Path.Combine("src", "Roast.Cli");

    /// <summary><c>roast</c>, or the <c>dotnet run</c> line where the program runs from a clone's build and the clone is the current folder.</summary>
    public static string Prefix { get; } = AppContext.BaseDirectory.StartsWith(Path.GetFullPath(Project) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? "dotnet run -c Release --project src/Roast.Cli --"
        : "roast";
}
