using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Roast.Tests.Docs;

/// <summary>One command of a block.</summary>
/// <param name="Number">The line in the block, from 0.</param>
/// <param name="Words">Its words, quotation marks and variables in front left out.</param>
sealed partial record ShellLine(int Number, string[] Words)
{
    /// <summary>
    /// The commands of a block. A line may end in a description, two blanks or a # before it; <c>&amp;&amp;</c> joins commands, a bar between
    /// blanks means another form of the same program, and a backslash goes on in the next line.
    /// </summary>
    public static IEnumerable<ShellLine> Read(string code)
    {
        string[] lines = code.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int number = i;
            string line = lines[i];
            while (line.EndsWith('\\') && i + 1 < lines.Length) line = line[..^1].TrimEnd() + " " + lines[++i].Trim();
            line = Description().Replace(line.Trim(), "$1");
            if (line.StartsWith('#')) continue;
            foreach (string joined in line.Split(" && "))
            {
                string program = "";
                foreach (string form in joined.Split(" | "))
                {
                    string[] words = [.. CommandLineParser.SplitCommandLine(Variables().Replace(form.Trim(), "")).TakeWhile(word => word is not (">" or ">>" or "<"))];
                    if (words.Length == 0) continue;
                    if (program.Length > 0) words = [program, .. words];
                    program = words[0];
                    yield return new ShellLine(number, words);
                }
            }
        }
    }

    // Text in quotation marks may hold anything; outside of it two blanks, or one and a #, end the command.
    [GeneratedRegex("""^((?:[^"'\s#]|"[^"]*"|'[^']*'|\s(?![\s#])|(?<=\S)#)*)(?:\s\s.*|\s#.*)$""")]
    private static partial Regex Description();

    [GeneratedRegex("""^(?:[A-Z_]+=(?:'[^']*'|"[^"]*"|\S+)\s+)+""")]
    private static partial Regex Variables();
}
