using Roast.Contrast;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Fit;

/// <summary>
/// Sums on the device that the model runs on: captures are added there, the contrast is made there, and the vector, the states and the norms come back.
/// A question has two sums: a stand-in takes the place of rollouts that there are none of. Counts and names are kept here.
/// </summary>
internal sealed class DeviceSums : FitSums
{
    const int LookEvery = 64;                                // captures from one look at whether all are finite to the next: a fit need not end to fail
    readonly ContrastMemory _memory;
    readonly Dictionary<string, (int Number, QuestionCounts Counts)> _questions = new(StringComparer.Ordinal);
    readonly List<(string Question, string Answer)> _captures = [];
    readonly Lazy<ContrastStatistics> _statistics;
    long _rollouts;

    /// <param name="layout">How captures are laid out.</param>
    /// <param name="memory">Two sums for each question that will come. Owned from now on.</param>
    public DeviceSums(ActivationLayout layout, ContrastMemory memory)
    {
        (Layout, _memory) = (layout, memory);
        _statistics = new(ToStatistics);
    }

    public override ActivationLayout Layout { get; }

    public override Lazy<ContrastStatistics> Statistics => _statistics;

    public override QuestionCounts Count(string question) => _questions[question].Counts;

    public override void AddQuestion(string question) => _questions.TryAdd(question, (_questions.Count, default));

    public override void AddRollout(string question, string rollout, bool correct, float[] activations)
    {
        Named(question, $"rollout {rollout}");
        _memory.Add(Sum(question, correct), NormKind.Rollouts, activations);
        CountRollout(question, correct);
    }

    public override void AddRollout(string question, string rollout, bool correct, CapturedRow captured)
    {
        if (captured.Values is not null)
        {
            base.AddRollout(question, rollout, correct, captured);
            return;
        }
        Named(question, $"rollout {rollout}");
        _memory.Add(Sum(question, correct), NormKind.Rollouts, captured);
        CountRollout(question, correct);
    }

    public override void AddReference(string question, float[] activations)
    {
        Named(question, "the reference answer");
        _memory.Add(Sum(question, isPositive: true), NormKind.StandIns, activations);
        var (number, counts) = _questions[question];
        _questions[question] = (number, counts with { References = counts.References + 1 });
    }

    public override void AddKnownWrong(string question, float[] activations)
    {
        Named(question, "the known wrong answer");
        _memory.Add(Sum(question, isPositive: false), NormKind.StandIns, activations);
        var (number, counts) = _questions[question];
        _questions[question] = (number, counts with { KnownWrong = counts.KnownWrong + 1 });
    }

    public override ContrastSolution Solve(SoftScaling scaling, double rereadWeight)
    {
        ThrowIfNotFinite();
        var used = ContrastStatistics.Choose(Ordered, Count, rereadWeight, out var tally);
        var votes = used.Length == 0 ? new DeviceVotes(new double[Layout.TotalWidth], new int[Layout.Points.Count]) : _memory.Vote(Array.ConvertAll(used, Pair), scaling);
        return new ContrastSolution(Layout, scaling, tally, used, new(() => _statistics.Value.Contrasts(used)), votes.Vector, votes.Degenerate,
            ContrastStatistics.MeanNorms(Norms(NormKind.Rollouts, _rollouts), Norms(NormKind.StandIns, _captures.Count - _rollouts)));
    }

    public override void Release() => _memory.Dispose();

    IEnumerable<string> Ordered => _questions.Keys.Order(StringComparer.Ordinal);

    int Sum(string question, bool isPositive) => 2 * _questions[question].Number + (isPositive ? 0 : 1);

    SumPair Pair((string Question, double Weight) used)
    {
        var counts = Count(used.Question);
        return new SumPair(Sum(used.Question, isPositive: true), Positive(counts), Sum(used.Question, isPositive: false), Negative(counts), used.Weight);
    }

    static int Positive(QuestionCounts counts) => counts.Correct > 0 ? counts.Correct : counts.References;

    static int Negative(QuestionCounts counts) => counts.Incorrect > 0 ? counts.Incorrect : counts.KnownWrong;

    NormSums Norms(NormKind kind, long rows) => new(Layout, _memory.ReadNorms(kind), rows);

    void Named(string question, string answer)
    {
        if (_captures.Count % LookEvery == LookEvery - 1) ThrowIfNotFinite();
        _captures.Add((question, answer));
    }

    void CountRollout(string question, bool correct)
    {
        _rollouts++;
        var (number, counts) = _questions[question];
        _questions[question] = (number, correct ? counts with { Correct = counts.Correct + 1 } : counts with { Incorrect = counts.Incorrect + 1 });
    }

    void ThrowIfNotFinite()
    {
        if (_memory.FindBad() is not { } bad) return;
        var (question, answer) = _captures[bad.Capture];
        throw ContrastStatistics.NotFinite(Layout, question, answer, bad.Place, bad.Value);
    }

    /// <summary>Everything that was added up, on the host; what was held on the device is freed.</summary>
    ContrastStatistics ToStatistics()
    {
        double[]? Read(int captures, string question, bool isPositive)
        {
            if (captures == 0) return null;
            var sum = new double[Layout.TotalWidth];
            _memory.Read(Sum(question, isPositive), sum);
            return sum;
        }
        var questions = new List<(string, QuestionSums)>(_questions.Count);
        foreach (var (question, (_, counts)) in _questions)
            questions.Add((question, new QuestionSums(counts, Read(Positive(counts), question, isPositive: true), Read(Negative(counts), question, isPositive: false))));
        var statistics = new ContrastStatistics(Layout, questions, Norms(NormKind.Rollouts, _rollouts), Norms(NormKind.StandIns, _captures.Count - _rollouts));
        _memory.Dispose();
        return statistics;
    }
}
