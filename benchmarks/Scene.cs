using Roast.Contrast;
using Roast.Onnx;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tasks;

namespace Roast.Benchmarks;

/// <summary>What the rows of a batch are steered by.</summary>
public enum Ports
{
    /// <summary>Nothing: the graph has no port.</summary>
    None,
    /// <summary>All rows by one vector, through ports of shape [width].</summary>
    Shared,
    /// <summary>Each row by a vector of its own, through ports of shape [rows, 1, width]. One row alone gets the shared form.</summary>
    PerRow,
}

/// <summary>
/// The bundled model with its questions, and the pieces of work that are timed. Works on the level of rows: the public API
/// verifies every answer and stops at the end token, which would hide what is compared here.
/// </summary>
public sealed partial class Scene : IDisposable
{
    /// <summary>Answers have at most four digits and an end token; the model's card uses 8.</summary>
    public const int MaxAnswerTokens = 8;

    /// <summary>Rows with vectors of their own in one batch, as in DESIGN 8.</summary>
    public const int DistinctVectors = 16;

    readonly int[][] _prompts;
    readonly Steering[] _steerings;

    Scene(SteerableModel model, int tokens, string? questions)
    {
        (Model, Tokens) = (model, tokens);
        (Train, Dev) = (Problems("train"), questions is null ? Problems("dev") : RoastTask.Load("exact", questions));
        _prompts = [.. Train.Questions.Select(question => model.EncodePrompt(question.Prompt))];
        Points = PointPattern.Default.Resolve(model.Shape.Layers);
        _steerings = [.. Enumerable.Range(0, DistinctVectors).Select(i => RandomVector(seed: i).At(0.2f))];
    }

    /// <summary>Opens a model; <c>null</c>: models/two-annotators of the repository that this program was built in.</summary>
    /// <param name="options">Threads and limits.</param>
    /// <param name="model">A folder or a .gguf file. It is asked the same sums, right or wrong.</param>
    /// <param name="tokens">New tokens of a row where the work is a count of tokens.</param>
    /// <param name="questions">JSONL with the questions that are swept; <c>null</c>: the bundled model's 200 dev questions.</param>
    public static Scene Open(RuntimeOptions? options = null, string? model = null, int tokens = 128, string? questions = null) => new(SteerableModel.Open(model ?? ModelPath, options), tokens, questions);

    /// <summary>The model that <c>ROAST_BENCH_MODEL</c> names, else the bundled one: the command line is BenchmarkDotNet's.</summary>
    public static Scene OpenNamed() => Open(model: Environment.GetEnvironmentVariable("ROAST_BENCH_MODEL") is { Length: > 0 } model ? model : null);

    /// <summary>The folder that holds Roast.Onnx.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string ModelPath => Path.Combine(Root, "models", "two-annotators");

    public SteerableModel Model { get; }

    /// <summary>Whether <see cref="Model"/> is the model that travels with the repository, which can do the questions.</summary>
    public bool IsBundled => Path.GetFullPath(ModelPath) == Model.FullPath;

    /// <summary>New tokens of a row where the work is a count of tokens.</summary>
    public int Tokens { get; }

    /// <summary>128 questions.</summary>
    public RoastTask Train { get; }

    /// <summary>The questions that are swept: 200 of the bundled model, or those that were named.</summary>
    public RoastTask Dev { get; }

    /// <summary>ROAST's own places: mlp_act and attn_out of all four layers.</summary>
    public IReadOnlyList<Point> Points { get; }

    /// <summary>Decodes rows together, greedily, past any end token. Returns the new tokens: rows x tokens.</summary>
    public int Decode(int rows, int tokens, Ports ports) => Count(DecodeRequests(rows, tokens, ports, _steerings), []);

    /// <summary>Decodes rows one after another, each alone. Returns the new tokens.</summary>
    public int DecodeAlone(int rows, int tokens) => DecodeRequests(rows, tokens, Ports.None, _steerings).Sum(request => Count([request], []));

    /// <summary>Samples answers to one question, past any end token: as rows of one batch that share the prompt's prefill, or each alone. Returns the new tokens.</summary>
    public int RolloutsOfOneQuestion(int rollouts, bool together)
    {
        RowRequest[] requests = [.. Enumerable.Range(0, rollouts).Select(i => new RowRequest { Prompt = _prompts[0], Sampler = SamplerOptions.Rollouts, Seed = new RowSeed(42, 0, (uint)i), MaxTokens = Tokens })];
        return together ? Count(requests, []) : requests.Sum(request => Count([request], []));
    }

    /// <summary>Samples answers to the train questions: no verifier, no statistics. Returns the new tokens.</summary>
    public int Rollouts(int perQuestion, bool capture) => Count(RolloutRequests(perQuestion, capture), capture ? Points : []);

    /// <summary>Samples rows that never end before <paramref name="tokens"/>: what capturing costs a step. Returns the new tokens.</summary>
    public int LongRollouts(int rows, int tokens, bool capture) => Count(LongRolloutRequests(rows, tokens, capture), capture ? Points : []);

    /// <summary>The whole fit: 128 questions x 8 rollouts, verified, contrasted, solved.</summary>
    public FitResult Fit(Pool pool = Pool.Last) => Roaster.FitInDetailAsync(Model, Train, new RoastOptions { MaxAnswerTokens = MaxAnswerTokens, Pool = pool }).GetAwaiter().GetResult();

    /// <summary>Runs the dev questions without steering.</summary>
    public MeasuredAccuracy Baseline() =>
        Evaluator.RunAsync(Model, Dev, [new Variant("baseline", null)], Evaluation).GetAwaiter().GetResult()[0].Accuracy;

    /// <summary>Runs the dev questions at every strength and without steering, as rows of one batch.</summary>
    public StrengthSweep Sweep(SteeringVector vector, IReadOnlyList<float> strengths) =>
        StrengthSweep.RunAsync(Model, Dev, vector, strengths, options: Evaluation).GetAwaiter().GetResult();

    static EvaluationOptions Evaluation { get; } = new() { MaxAnswerTokens = MaxAnswerTokens };

    RowRequest[] DecodeRequests(int rows, int tokens, Ports ports, Steering[] steerings) => [.. Enumerable.Range(0, rows).Select(row => new RowRequest
    {
        Prompt = _prompts[row % _prompts.Length],
        MaxTokens = tokens,
        Steering = ports switch { Ports.None => null, Ports.Shared => steerings[0], _ => steerings[row % steerings.Length] },
    })];

    RowRequest[] RolloutRequests(int perQuestion, bool capture) => [.. Enumerable.Range(0, _prompts.Length * perQuestion).Select(i => new RowRequest
    {
        Prompt = _prompts[i / perQuestion],
        Sampler = SamplerOptions.Rollouts,
        Seed = new RowSeed(42, (uint)(i / perQuestion), (uint)(i % perQuestion)),
        MaxTokens = MaxAnswerTokens,
        EndTokens = [.. Model.EndTokens],
        Capture = capture ? [Pool.Last] : [],
    })];

    RowRequest[] LongRolloutRequests(int rows, int tokens, bool capture) => [.. Enumerable.Range(0, rows).Select(row => new RowRequest
    {
        Prompt = _prompts[row % _prompts.Length],
        Sampler = SamplerOptions.Rollouts,
        Seed = new RowSeed(42, (uint)row),
        MaxTokens = tokens,
        Capture = capture ? [Pool.Last] : [],
    })];

    int Count(RowRequest[] requests, IReadOnlyList<Point> taps)
    {
        int tokens = 0;
        Model.Rows.Run(requests, taps, (_, result) => tokens += result.Tokens.Length, CancellationToken.None);
        return tokens;
    }

    /// <summary>A vector at <see cref="Points"/>, uniform in [-0.5, 0.5): for work whose amount does not depend on what the vector does.</summary>
    public SteeringVector RandomVector(int seed)
    {
        var random = new Random(seed);
        return new SteeringVector(Points.Select(point =>
            KeyValuePair.Create(point, Enumerable.Range(0, Model.Shape.Width(point.Site)).Select(_ => (float)random.NextDouble() - 0.5f).ToArray())));
    }

    static RoastTask Problems(string part) => RoastTask.Load("exact", Path.Combine(ModelPath, "problems", part + ".jsonl"));

    static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Roast.Onnx.sln"))) return folder;
        throw new InvalidOperationException($"No Roast.Onnx.sln above {AppContext.BaseDirectory}: run the benchmarks inside the repository.");
    }

    public void Dispose() => Model.Dispose();
}
