using Roast.Contrast;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Fit;

/// <summary>What a fit adds up, wherever that is, and the contrast that comes of it.</summary>
internal abstract class FitSums
{
    public abstract ActivationLayout Layout { get; }

    public abstract QuestionCounts Count(string question);

    public abstract void AddQuestion(string question);

    /// <summary>Adds a rollout that was read on the host. Errors as <see cref="ContrastStatistics.AddRollout"/>.</summary>
    public abstract void AddRollout(string question, string rollout, bool correct, float[] activations);

    /// <summary>Adds a rollout that has just ended, where its capture lies.</summary>
    public virtual void AddRollout(string question, string rollout, bool correct, CapturedRow captured) => AddRollout(question, rollout, correct, captured.Read());

    public abstract void AddReference(string question, float[] activations);

    public abstract void AddKnownWrong(string question, float[] activations);

    public abstract ContrastSolution Solve(SoftScaling scaling, double rereadWeight);

    /// <summary>The sums as statistics, moved to the host when they are first asked for.</summary>
    public abstract Lazy<ContrastStatistics> Statistics { get; }

    /// <summary>Frees what is held for <see cref="Statistics"/> and nobody will ask for.</summary>
    public abstract void Release();
}
