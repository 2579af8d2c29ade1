using System.Globalization;
using Roast.Onnx;

namespace Roast.Benchmarks.Ratios;

/// <summary>
/// <c>ratios [--trials 15] [--seconds 0.3] [--threads N] [--rows N] [--clock wall|processor] [--only name,...] [--model PATH] [--tokens 128] [--questions FILE] [--note TEXT] [--out FOLDER]</c>: every question, interleaved.
/// <c>settings</c>, same options: fit time by threads and rows.
/// </summary>
internal static class RatiosCommand
{
    const int MinTrials = 5;
    static readonly string[] AnyModel = ["decode1", "decode16", "capture-long", "batch", "rollouts", "sweep", "genai"];
    static readonly int[] SettingRows = [64, 16, 128, 256];  // the default first: the others are compared with it

    public static int Run(string[] args)
    {
        var given = Parse(args);
        var run = new Interleaved(Math.Max(MinTrials, Number(given, "trials") ?? 15), double.Parse(given.GetValueOrDefault("seconds", "0.3"), CultureInfo.InvariantCulture),
            given.GetValueOrDefault("clock", "wall") switch { "wall" => false, "processor" => true, var other => throw new ArgumentException($"--clock {other} is not known; expected wall or processor.") });
        string[]? only = given.GetValueOrDefault("only")?.Split(',');
        var options = new RuntimeOptions { Threads = Number(given, "threads") };
        if (Number(given, "rows") is { } rows) options = options with { MaxRows = rows };
        var machine = Machine.Current();
        string folder = given.GetValueOrDefault("out", Path.Combine(Scene.Root, "benchmarks", "results", machine.Slug));

        string? model = given.GetValueOrDefault("model");
        if (model is not null && only is null) throw new ArgumentException($"--model needs --only: some questions are about the bundled model. Those of any model: {string.Join(',', AnyModel)}.");
        using var scene = Scene.Open(options, model, Number(given, "tokens") ?? 128, given.GetValueOrDefault("questions"));
        var lines = args[0] == "settings" ? Settings(options, run) : Ratios(scene, options, run, only);
        // A part of the questions, or another model, must not stand where the whole was.
        string name = (model is null ? "" : Path.GetFileNameWithoutExtension(model).ToLowerInvariant() + "-") + args[0] + (only is null ? "" : $"-{string.Join('-', only)}");
        ResultFiles.Write(folder, name, lines, machine, args[0] == "settings" ? null : scene.Model.Runtime.Threads, run, Written(args), given.GetValueOrDefault("note", ""));
        Console.WriteLine($"Written to {folder}");
        return 0;
    }

    /// <summary>The command without where it wrote to: paths are no part of a result.</summary>
    static string Written(string[] args)
    {
        int output = Array.IndexOf(args, "--out"), model = Array.IndexOf(args, "--model"), questions = Array.IndexOf(args, "--questions");
        var kept = args.Select((arg, i) => i > 0 && (i == model + 1 || i == questions + 1) ? Path.GetFileName(arg) : arg.Contains(' ') ? $"'{arg}'" : arg)
            .Where((_, i) => output < 0 || (i != output && i != output + 1));
        return $"dotnet run -c Release --project benchmarks -- {string.Join(' ', kept)}";
    }

    static List<Line> Ratios(Scene scene, RuntimeOptions options, Interleaved run, string[]? only)
    {
        var lines = new List<Line>();
        foreach (var (name, make) in Questions.All)
            if (only is null || only.Contains(name)) Show(lines, Line.Of(make(scene), run));
        foreach (int rows in (int[])[1, 16, 64])
        {
            if (only is not null && !only.Contains("loop")) continue;
            using var runs = new BareRuns(rows, Questions.LoopTokens, options);
            Show(lines, Line.Of(Questions.Loop(runs, rows), run));
        }
        if (only is null || only.Contains("genai"))
        {
            using var genAI = AgainstGenAI.Open(scene.Model.FullPath, options);
            foreach (var question in genAI?.Questions() ?? []) Show(lines, Line.Of(question, run));
        }
        if (only is null || only.Contains("memory")) Show(lines, Allocation.Lines(scene, run.Trials));
        return lines;
    }

    static List<Line> Settings(RuntimeOptions options, Interleaved run)
    {
        int cores = Environment.ProcessorCount;
        int[] threads = [.. ((int[])[cores, 1, 2]).Distinct().Where(count => count <= cores)];
        (string Name, Scene Scene)[] scenes = [.. threads.SelectMany(count => SettingRows.Select(rows =>
            ($"{count} thread{(count == 1 ? "" : "s")}, {rows} rows", Scene.Open(options with { Threads = count, MaxRows = rows }))))];
        var lines = new List<Line>();
        Show(lines, Line.Of(Questions.Settings(scenes), run));
        foreach (var (_, scene) in scenes) scene.Dispose();
        return lines;
    }

    static void Show(List<Line> lines, IEnumerable<Line> more)
    {
        foreach (var line in more)
        {
            lines.Add(line);
            Console.WriteLine($"{line.What}: {line.Measured}{(line.Against is null ? "" : $" against {line.Against}: {line.Ratio}")}{(line.Goal.Length == 0 ? "" : $", goal {line.Goal}")}; {line.Value} {line.Unit}");
        }
    }

    static Dictionary<string, string> Parse(string[] args)
    {
        string[] known = ["trials", "seconds", "threads", "rows", "clock", "only", "model", "tokens", "questions", "note", "out"];
        var given = new Dictionary<string, string>();
        for (int i = 1; i < args.Length; i += 2)
            given[args[i].StartsWith("--", StringComparison.Ordinal) && known.Contains(args[i][2..]) && i + 1 < args.Length ? args[i][2..]
                : throw new ArgumentException($"'{args[i]}' is no option with a value. Options: {string.Join(", ", known.Select(name => "--" + name))}.")] = args[i + 1];
        return given;
    }

    static int? Number(Dictionary<string, string> given, string name) => given.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
