using Microsoft.ML.OnnxRuntime;
using Roast.Graph;

namespace Roast.Onnx.Sessions;

/// <summary>An ONNX Runtime session made for one plan: it has exactly that plan's taps and ports. Thread-safe.</summary>
internal sealed class PlanSession : IDisposable
{
    PlanSession(InferenceSession session, Plan plan, ModelShape shape) => (Session, Plan, Shape) = (session, plan, shape);

    public InferenceSession Session { get; }

    public Plan Plan { get; }

    public ModelShape Shape { get; }

    /// <summary>Opens the graph with the plan's taps and ports; weights stay in their files, computed ones in their store.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>: ONNX Runtime refused the graph.</exception>
    public static PlanSession Open(ModelGraph graph, WeightStore weights, Plan plan, RuntimeOptions options)
    {
        using var settings = options.ToSessionOptions();
        settings.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", graph.WeightsFolder);
        try
        {
            return new PlanSession(weights.Open(graph.ForPlan(plan), settings), plan, graph.Shape);
        }
        catch (OnnxRuntimeException e)
        {
            throw new RoastException(RoastError.Runtime, $"{graph.WeightsFolder}: ONNX Runtime refused the graph: {e.Message} " +
                "Check that the weights file is whole and readable; 'roast inspect' shows what the model consists of.", e);
        }
    }

    public void Dispose() => Session.Dispose();
}
