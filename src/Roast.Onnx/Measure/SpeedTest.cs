using System.Diagnostics;
using Roast.Onnx.Rows;
using Roast.Sampling;

namespace Roast.Onnx;

/// <summary>
/// How fast a model generates without steering, with one vector for all rows, and with a vector in each row. Settings
/// alternate within a round and the order turns around from round to round, so what the machine does meanwhile falls on all.
/// </summary>
public static class SpeedTest
{
    /// <summary>Runs every setting once to warm up, then the trials.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options"><c>null</c>: 1, 4 and 16 rows, 64 tokens in, 64 out, 7 trials.</param>
    /// <param name="progress">Told about every run.</param>
    /// <param name="cancellationToken">Ends the work, also inside a step.</param>
    /// <exception cref="ArgumentException">A point that the model does not have.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.TooLarge"/>: the tokens exceed the context, or the cache its limit.</exception>
    public static Task<SpeedReport> RunAsync(SteerableModel model, SpeedOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        return Task.Run(() => Run(model, options, progress, cancellationToken), cancellationToken);
    }

    static SpeedReport Run(SteerableModel model, SpeedOptions options, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var vectors = Vectors(model, options);
        List<Setting> settings = [];
        foreach (int rows in options.Rows)
            foreach (int distinct in rows == 1 ? (int[])[0, 1] : [0, 1, rows])
                settings.Add(new Setting(rows, distinct, Requests(model, options, rows, distinct, vectors)));

        int total = settings.Count * (options.Trials + 1), done = 0;
        for (int round = 0; round <= options.Trials; round++)
            foreach (var setting in round % 2 == 0 ? settings : Enumerable.Reverse(settings))
            {
                var run = Trial(model, setting, options.LeastTime, cancel);
                if (round > 0) setting.Runs.Add(run);                   // round 0 warms up
                progress?.Report(new WorkProgress("measuring", ++done, total, 0));
            }
        return new SpeedReport(options.PromptTokens, options.NewTokens, options.Trials, model.Runtime.Threads ?? Environment.ProcessorCount,
            [.. settings.Select(setting => Sum(setting, settings.First(other => other.Rows == setting.Rows), options.NewTokens))]);
    }

    /// <summary>One trial: runs again until it has lasted long enough to be believed, and gives the means.</summary>
    static (double First, double Whole) Trial(SteerableModel model, Setting setting, TimeSpan least, CancellationToken cancel)
    {
        double first = 0, whole = 0;
        int runs = 0;
        do
        {
            var run = Time(model, setting.Requests, cancel);
            (first, whole, runs) = (first + run.First, whole + run.Whole, runs + 1);
        }
        while (whole < least.TotalMilliseconds);
        return (first / runs, whole / runs);
    }

    static (double First, double Whole) Time(SteerableModel model, List<RowRequest> requests, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        double first = 0;
        int started = 0;
        // The first tokens are there when the last row has its own. Logits are not looked at: a device would have to move them.
        model.Rows.Run([.. requests.Select(request =>
        {
            bool isFirst = true;
            return request with
            {
                OnToken = _ =>
                {
                    if (isFirst && ++started == requests.Count) first = Since(start);
                    isFirst = false;
                    return true;
                },
            };
        })], [], (_, _) => { }, cancel);
        return (first, Since(start));
    }

    static SpeedOfSetting Sum(Setting setting, Setting unsteered, int newTokens)
    {
        double[] steps = [.. setting.Runs.Select(run => (run.Whole - run.First) / (newTokens - 1))];
        double[] others = [.. unsteered.Runs.Select(run => (run.Whole - run.First) / (newTokens - 1))];
        return new SpeedOfSetting(setting.Rows, setting.Vectors, Spread.Of(setting.Runs.Select(run => run.First)), Spread.Of(steps), Spread.Of(setting.Runs.Select(run => run.Whole)),
            Spread.Of(setting.Runs.Select(run => 1000.0 * setting.Rows * newTokens / run.Whole)), Spread.Of(steps.Zip(others, (mine, other) => mine / other)));
    }

    static List<RowRequest> Requests(SteerableModel model, SpeedOptions options, int rows, int distinct, SteeringVector[] vectors) =>
        [.. Enumerable.Range(0, rows).Select(row => new RowRequest
        {
            Prompt = Prompt(model, options, (uint)row),
            Steering = distinct == 0 ? null : vectors[row % distinct].At(1f),
            MaxTokens = options.NewTokens,
        })];

    /// <summary>[tokens] ids drawn evenly from the vocabulary: what they say does not change how long they take.</summary>
    static int[] Prompt(SteerableModel model, SpeedOptions options, uint row) =>
        [.. Enumerable.Range(0, options.PromptTokens).Select(i => (int)(new RowSeed(options.Seed, row, 0).Uniform(i) * model.Shape.VocabularySize))];

    /// <summary>Directions of norm 1 at every point, one per row.</summary>
    static SteeringVector[] Vectors(SteerableModel model, SpeedOptions options)
    {
        var ones = new SteeringVector(options.Points.Resolve(model.Shape.Layers).Select(point =>
        {
            var direction = new float[model.Shape.Width(point.Site)];
            direction[0] = 1;
            return KeyValuePair.Create(point, direction);
        }));
        return [.. Enumerable.Range(0, options.Rows.Max()).Select(i => ones.RandomOfEqualNorm(options.Seed + (ulong)i))];
    }

    static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    sealed record Setting(int Rows, int Vectors, List<RowRequest> Requests)
    {
        public List<(double First, double Whole)> Runs { get; } = [];
    }
}
