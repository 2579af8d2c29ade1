using Roast.Contrast;

namespace Roast.Onnx.Fit;

/// <summary>Sums in the process's own memory.</summary>
internal sealed class HostSums(ActivationLayout layout) : FitSums
{
    readonly ContrastStatistics _statistics = new(layout);

    public override ActivationLayout Layout => layout;
    public override QuestionCounts Count(string question) => _statistics.Count(question);
    public override void AddQuestion(string question) => _statistics.AddQuestion(question);
    public override void AddRollout(string question, string rollout, bool correct, float[] activations) => _statistics.AddRollout(question, rollout, correct, activations);
    public override void AddReference(string question, float[] activations) => _statistics.AddReference(question, activations);
    public override void AddKnownWrong(string question, float[] activations) => _statistics.AddKnownWrong(question, activations);
    public override ContrastSolution Solve(SoftScaling scaling, double rereadWeight) => _statistics.Solve(scaling, rereadWeight);
    public override Lazy<ContrastStatistics> Statistics => new(_statistics);
    public override void Release() { }
}
