using Roast.Cli.Results;

namespace Roast.Cli.Reports;

/// <summary>What a page shows, whichever files it came from. What is absent was not measured, and the page says so.</summary>
internal sealed record ReportContent(IReadOnlyList<ReportFile> Files)
{
    public FitCommandResult? Fit { get; init; }

    public EvalResult? Eval { get; init; }

    public DemoResult? Demo { get; init; }

    /// <summary>The vector's story: of its own file, else of the last command that had it in its hands.</summary>
    public VectorResult? Vector { get; init; }

    public AnalysisResult? Analysis => Demo?.Analysis ?? Fit?.Analysis;

    public FitSummary? FitSummary => Demo?.Fit ?? Fit?.Fit;

    public SweepResult? Sweep => Demo?.Sweep ?? Eval?.Sweep;

    public TestResult? Test => Demo?.Test ?? Eval?.Test;

    /// <summary>Accuracy over places and strengths on dev.</summary>
    public GridResult? Grid => Eval?.Grid ?? Demo?.PointsAlone;

    /// <summary>Whether the place was chosen from <see cref="Grid"/>; the demo only looks.</summary>
    public bool GridChooses => Eval?.Grid is not null;

    public EffectResult? Effect => Demo?.Effect ?? Eval?.Effect;

    public TranscriptResult[] Transcripts => Demo?.Transcripts ?? Eval?.Transcripts ?? [];

    public float? Strength => Demo?.Strength ?? Eval?.Strength;

    public bool IsRelative => Demo?.Relative ?? Eval?.Relative ?? false;

    public string? Scope => Demo?.Scope ?? Eval?.Scope;

    public string? Model => Demo?.Model ?? Eval?.Model ?? Fit?.Model;

    public static ReportContent Of(DemoResult demo) => Of([ReportFile.Of(demo)], ["demo"]);

    /// <summary>Puts files together; each part may come from one of them only.</summary>
    /// <param name="files">At least one.</param>
    /// <param name="paths">[files] how they were named, for messages.</param>
    /// <exception cref="UsageException">Two files tell the same part.</exception>
    public static ReportContent Of(IReadOnlyList<ReportFile> files, IReadOnlyList<string> paths)
    {
        One("a fit", file => file.Fit?.Fit ?? file.Demo?.Fit);
        One("an evaluation", file => (object?)file.Eval ?? file.Demo);
        One("a vector", file => file.Vector);
        return new ReportContent(files)
        {
            Fit = files.Select(file => file.Fit).FirstOrDefault(x => x is not null),
            Eval = files.Select(file => file.Eval).FirstOrDefault(x => x is not null),
            Demo = files.Select(file => file.Demo).FirstOrDefault(x => x is not null),
            Vector = files.Select(file => file.Vector).FirstOrDefault(x => x is not null)
                ?? files.Select(file => file.Eval?.VectorDetails ?? file.Demo?.VectorDetails).FirstOrDefault(x => x is not null)
                ?? files.Select(file => file.Fit?.VectorDetails).FirstOrDefault(x => x is not null),
        };

        void One(string what, Func<ReportFile, object?> part)
        {
            string[] all = [.. files.Select((file, i) => part(file) is null ? null : paths[i]).OfType<string>()];
            if (all.Length > 1) throw new UsageException($"A report shows {what} once, and {string.Join(" and ", all)} each have one. Make a report of each.");
        }
    }
}
