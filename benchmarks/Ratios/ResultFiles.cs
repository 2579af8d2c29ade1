using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static System.FormattableString;

namespace Roast.Benchmarks.Ratios;

/// <summary>Writes a run's lines as a Markdown table and as JSON, and the versions beside them.</summary>
internal static class ResultFiles
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string folder, string name, IReadOnlyList<Line> lines, Machine machine, int? threads, Interleaved run, string command, string note)
    {
        Directory.CreateDirectory(folder);
        if (run.CountsProcessor) name += "-processor";
        string threaded = threads is { } count ? Invariant($"{count} thread{(count == 1 ? "" : "s")}") : "threads as each line says";
        string head = Invariant($"{machine.Cpu}, {machine.Cores} cores, {threaded}; {run.Trials} trials of at least {run.Seconds} {(run.CountsProcessor ? "processor seconds" : "s")} a side, interleaved; median (least..most).");
        File.WriteAllText(Path.Combine(folder, name + ".md"), $"{head}{(note.Length == 0 ? "" : $" {note}.")}\n\n{Table(lines)}\n`{command}`; versions.md beside this file has the versions.\n");
        File.WriteAllText(Path.Combine(folder, name + ".json"), JsonSerializer.Serialize(new
        {
            machine.Cpu, machine.Cores, Threads = threads, run.Trials, SecondsPerSide = run.Seconds, Clock = run.CountsProcessor ? "processor" : "wall", Command = command, Note = note, Lines = lines,
        }, Json) + "\n");
        File.WriteAllText(Path.Combine(folder, "versions.md"), machine.Versions);
    }

    public static string Table(IReadOnlyList<Line> lines)
    {
        var text = new StringBuilder("| question | measured | against | ratio | goal | unit | measured value | value against |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var line in lines)
            text.Append($"| {line.What} | {line.Measured} | {line.Against} | {line.Ratio} | {line.Goal} | {line.Unit} | {line.Value} | {line.AgainstValue} |\n");
        return text.ToString();
    }
}
