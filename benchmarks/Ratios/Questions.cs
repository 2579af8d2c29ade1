using Roast.Contrast;
using Roast.Kernels;
using Roast.Onnx;
using Roast.Sampling;

namespace Roast.Benchmarks.Ratios;

/// <summary>What is asked of a machine. Goals are those of DESIGN 8; each question proves first that its sides do the same work.</summary>
internal static class Questions
{
    const int Rows = Scene.DistinctVectors, PerQuestion = 8, LongRows = 64, LoopLength = 128;

    /// <summary>All questions by the name that <c>--only</c> takes; made when asked, so that each opens what it needs.</summary>
    public static IReadOnlyList<KeyValuePair<string, Func<Scene, Comparison>>> All { get; } =
    [
        KeyValuePair.Create<string, Func<Scene, Comparison>>("decode1", scene => SteeredDecode(scene, 1)),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("decode16", scene => SteeredDecode(scene, Rows)),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("capture", Capture),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("capture-long", CaptureLong),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("batch", Batch),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("rollouts", RolloutsOfOneQuestion),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("sweep", Sweep),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("fit", scene => new("Fit, 128 questions x 8 rollouts", Measure.Seconds, new("whole fit", () => scene.Fit().Rollouts.Count))),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("pools", Pools),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("sums", _ => SumsAdd()),
        KeyValuePair.Create<string, Func<Scene, Comparison>>("softscale", _ => MaxNorm()),
    ];

    static Comparison SteeredDecode(Scene scene, int rows)
    {
        scene.AssertZeroVectorChangesNothing(rows, tokens: 8);
        scene.AssertVectorsSteer(rows);
        (Side, string) shared = (Decode("one shared vector", Ports.Shared), "<= 1.01");
        return new($"Steered decode, {Text(rows)}, {scene.Tokens} tokens", Measure.MicrosecondsPerToken, Decode("no port", Ports.None),
            rows == 1 ? [shared] : [shared, (Decode($"{rows} distinct vectors", Ports.PerRow), "<= 1.02")]);

        Side Decode(string name, Ports ports) => new(name, () => scene.Decode(rows, scene.Tokens, ports));
    }

    static Comparison Capture(Scene scene)
    {
        scene.AssertCaptureChangesNoToken(PerQuestion);
        return new($"Rollouts, 128 x {PerQuestion}, answers of about 5 tokens", Measure.MicrosecondsPerToken,
            new("no capture", () => scene.Rollouts(PerQuestion, capture: false)),
            (new("capture of the last token", () => scene.Rollouts(PerQuestion, capture: true)), "<= 1.03"));
    }

    static Comparison CaptureLong(Scene scene) => new($"Rollouts, {LongRows} rows, answers of {scene.Tokens} tokens", Measure.MicrosecondsPerToken,
        new("no capture", () => scene.LongRollouts(LongRows, scene.Tokens, capture: false)),
        (new("capture of the last token", () => scene.LongRollouts(LongRows, scene.Tokens, capture: true)), "<= 1.03"));

    static Comparison Batch(Scene scene)
    {
        scene.AssertBatchEqualsAlone(Rows, scene.Tokens);
        return new($"Batch, {scene.Tokens} tokens, prefill included", Measure.TokensPerSecond,
            new("one row", () => scene.Decode(1, scene.Tokens, Ports.None)),
            (new("8 rows together", () => scene.Decode(8, scene.Tokens, Ports.None)), ""),
            (new($"{Rows} rows together", () => scene.Decode(Rows, scene.Tokens, Ports.None)), ""),
            (new($"{LongRows} rows together", () => scene.Decode(LongRows, scene.Tokens, Ports.None)), ""));
    }

    static Comparison RolloutsOfOneQuestion(Scene scene) => new($"{PerQuestion} rollouts of a question, {scene.Tokens} tokens, prefill included", Measure.TokensPerSecond,
        new($"{PerQuestion} single generations", () => scene.RolloutsOfOneQuestion(PerQuestion, together: false)),
        (new("one batch, one prefill", () => scene.RolloutsOfOneQuestion(PerQuestion, together: true)), ">= 4"));

    static Comparison Sweep(Scene scene)
    {
        const int Strengths = 20;
        // Only the bundled model has questions to fit on; what a sweep costs does not depend on the vector, but for where answers end.
        var vector = scene.IsBundled ? scene.Fit().Vector : scene.RandomVector(seed: 0);
        var strengths = StrengthGrid.Logarithmic(0.05f, 2, Strengths);
        if (scene.Sweep(vector, strengths).Baseline != scene.Baseline()) throw new InvalidOperationException("The benchmark compares unlike work: the sweep's baseline is not the single run's.");
        return new($"Sweep on {scene.Dev.Questions.Count} questions", Measure.Seconds, new("one run without steering", () => scene.Baseline().Total),
            (new($"{Strengths} strengths and the baseline", () => scene.Sweep(vector, strengths).Accuracies.Count), "<= 3"));
    }

    static Comparison Pools(Scene scene) => new("Fit by pool", Measure.Seconds,
        new("last, the default", () => scene.Fit().Rollouts.Count),
        (new("last_content", () => scene.Fit(Pool.LastContent).Rollouts.Count), ""),
        (new("mean", () => scene.Fit(Pool.Mean).Rollouts.Count), ""),
        (new("mean_content", () => scene.Fit(Pool.MeanContent).Rollouts.Count), ""));

    /// <summary>The engine's own share of a decode step: sampling, bookkeeping, managed code, against bare session runs.</summary>
    public static Comparison Loop(BareRuns runs, int rows) => new($"Decode loop, {Text(rows)}, {LoopLength} tokens", Measure.MicrosecondsPerToken,
        new("bare ONNX Runtime runs of the same shapes", runs.Bare),
        (new("the loop, greedy", () => runs.Loop(SamplerOptions.Greedy)), ""),
        (new("the loop, T 0.8 top-p 0.9", () => runs.Loop(SamplerOptions.Rollouts)), ""));

    static Comparison SumsAdd() => Kernel("Sums.Add", kernels => kernels.SumsAdd(), KernelRoofs.BytesPerSum);

    /// <summary>float64 in place: read once for the largest value, then read and written, 24 bytes a value.</summary>
    static Comparison MaxNorm() => Kernel("SoftScale max_norm", kernels => kernels.SoftScaleMaxNorm(), 24);

    static Comparison Kernel(string name, Action<KernelRoofs> run, int bytesPerValue)
    {
        var kernels = new KernelRoofs { Width = 1 << 22 };
        kernels.Fill();
        return new($"{name}, {kernels.Width:N0} values", Measure.GigabytesPerSecond,
            new("copying memory", () => { kernels.Copy(); return (double)kernels.Width * KernelRoofs.BytesPerSum; }),
            (new(name, () => { run(kernels); return (double)kernels.Width * bytesPerValue; }), ">= 0.80"));
    }

    /// <summary>Fit time under every setting, against the defaults.</summary>
    public static Comparison Settings(IReadOnlyList<(string Name, Scene Scene)> scenes) => new("Fit, 128 questions x 8 rollouts", Measure.Seconds,
        new(scenes[0].Name, () => scenes[0].Scene.Fit().Rollouts.Count),
        [.. scenes.Skip(1).Select(setting => (new Side(setting.Name, () => setting.Scene.Fit().Rollouts.Count), ""))]);

    public static int LoopTokens => LoopLength;

    static string Text(int rows) => rows == 1 ? "1 row" : $"{rows} rows";
}
