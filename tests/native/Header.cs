using System.Text.RegularExpressions;
using Roast.TestSupport;

namespace Roast.Tests.Native;

/// <summary>What roast.h declares, read as text.</summary>
internal static partial class Header
{
    public static string Path => Repository.Path("src", "Roast.Native", "include", "roast.h");

    static string Text { get; } = Comments().Replace(File.ReadAllText(Path), " ");

    /// <summary>Name and normalized prototype.</summary>
    public static IReadOnlyList<(string Name, string Prototype)> Functions { get; } =
        [.. Function().Matches(Text).Select(x => (x.Groups[2].Value, $"{Squeeze(x.Groups[1].Value)} {x.Groups[2].Value}({Squeeze(x.Groups[3].Value)})"))];

    public static IReadOnlyList<(string Name, int Value)> Constants { get; } = [.. Constant().Matches(Text).Select(x => (x.Groups[1].Value, int.Parse(x.Groups[2].Value)))];

    /// <summary>Callback types, normalized.</summary>
    public static IReadOnlyList<string> Callbacks { get; } = [.. Callback().Matches(Text).Select(x => Squeeze(x.Value))];

    /// <summary>Fields in their order, name and type.</summary>
    public static IReadOnlyList<(string Name, (string Type, string Name)[] Fields)> Structs { get; } = [.. Struct().Matches(Text).Select(x => (x.Groups[1].Value,
        x.Groups[2].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(field => Field().Match(Squeeze(field))).Select(f => (f.Groups[1].Value.Trim() + f.Groups[3].Value, f.Groups[2].Value)).ToArray()))];

    static string Squeeze(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)] private static partial Regex Comments();
    [GeneratedRegex(@"ROAST_API\s+([\w\s\*]+?)\s*ROAST_CALL\s+(roast_\w+)\(([^)]*)\);")] private static partial Regex Function();
    [GeneratedRegex(@"\b(ROAST_\w+) = (\d+)")] private static partial Regex Constant();
    [GeneratedRegex(@"typedef \w+ \(ROAST_CALL\* roast_\w+_fn\)\([^)]*\);")] private static partial Regex Callback();
    [GeneratedRegex(@"typedef struct (roast_\w+) \{(.*?)\} \1;", RegexOptions.Singleline)] private static partial Regex Struct();
    [GeneratedRegex(@"^(.*?)(\w+)(\[\d+\])?$")] private static partial Regex Field();
    [GeneratedRegex(@"\s+")] private static partial Regex Spaces();
}
