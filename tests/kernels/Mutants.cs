using System.Text.RegularExpressions;

namespace Roast.Tests.Kernels;

/// <summary>One broken text.</summary>
sealed record Mutant(string Text, string Kernel, int Line, string What, string Was, string Now);

/// <summary>Everything that is broken, one instruction a mutant.</summary>
static partial class Mutants
{
    static readonly (string What, Regex Find, Func<Match, string> Make)[] Operators =
    [
        ("barrier out", Barrier(), _ => ""),
        ("store out", Store(), _ => ""),
        ("branch turned", Guard(), m => m.Value.StartsWith("@!", StringComparison.Ordinal) ? "@" + m.Value[2..] : "@!" + m.Value[1..]),
        ("bound moved", Bound(), m => m.Groups[1].Value switch { "ge" => "setp.gt", "gt" => "setp.ge", "lt" => "setp.le", _ => "setp.lt" }),
        ("sum turned", Sum(), m => (m.Groups[1].Value == "add" ? "sub" : "add") + ".rn"),
        ("product for sum", Product(), _ => "add.rn"),
        ("constant plus one", Constant(), m => $"{m.Groups[1].Value}{long.Parse(m.Groups[2].Value) + 1};"),
        ("address moved", Offset(), m => $"+{int.Parse(m.Groups[1].Value) + 4}]"),
        ("lanes exchanged otherwise", Lanes(), m => $"{m.Groups[1].Value}{int.Parse(m.Groups[2].Value) / 2}, 31, -1;"),
    ];

    public static IEnumerable<Mutant> Of(string ptx)
    {
        string[] lines = ptx.Split('\n');
        string kernel = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (Entry().Match(lines[i]) is { Success: true } entry) kernel = entry.Groups[1].Value;
            if (kernel.Length == 0 || lines[i].Length < 2 || lines[i][0] != '\t' || lines[i][1] == '.') continue;
            foreach (var (what, find, make) in Operators)
            {
                if (find.Match(lines[i]) is not { Success: true } match) continue;
                string now = lines[i][..match.Index] + make(match) + lines[i][(match.Index + match.Length)..];
                yield return new Mutant(string.Join('\n', [.. lines[..i], now, .. lines[(i + 1)..]]), kernel, i + 1, what, lines[i].Trim(), now.Trim());
            }
        }
    }

    [GeneratedRegex(@"\.entry (\w+)\(")] private static partial Regex Entry();
    [GeneratedRegex(@"bar\.sync.*")] private static partial Regex Barrier();
    [GeneratedRegex(@"st\.(global|shared).*")] private static partial Regex Store();
    [GeneratedRegex(@"@!?%p\d+")] private static partial Regex Guard();
    [GeneratedRegex(@"setp\.(ge|gt|lt|le)\b")] private static partial Regex Bound();
    [GeneratedRegex(@"\b(add|sub)\.rn")] private static partial Regex Sum();
    [GeneratedRegex(@"\bmul\.rn")] private static partial Regex Product();
    [GeneratedRegex(@"((?:add|mul|shl|shr|and|or|setp)\.\S+\s.*, )(\d+);")] private static partial Regex Constant();
    [GeneratedRegex(@"\+(\d+)\]")] private static partial Regex Offset();
    [GeneratedRegex(@"(shfl\.sync\.bfly.*, )(\d+), 31, -1;")] private static partial Regex Lanes();
}
