using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Graph;
using Roast.Onnx.Devices;

namespace Roast.Onnx.Sessions;

/// <summary>An ONNX Runtime session made for one plan: it has exactly that plan's taps and ports. Thread-safe.</summary>
internal sealed class PlanSession : IDisposable
{
    PlanSession(InferenceSession session, Plan plan, ModelShape shape, RowDevice device)
    {
        (Session, Plan, Shape, Device) = (session, plan, shape, device);
        KeyValueType = TypeOf(GraphNames.PastKey(0));
    }

    public InferenceSession Session { get; }

    public Plan Plan { get; }

    public ModelShape Shape { get; }

    /// <summary>Where it runs, and its rows live.</summary>
    public RowDevice Device { get; }

    /// <summary>The type of the keys and values: float32 or float16.</summary>
    public TensorElementType KeyValueType { get; }

    /// <summary>The element type of an input, output or port.</summary>
    public TensorElementType TypeOf(string name) =>
        (Session.OutputMetadata.TryGetValue(name, out var found) || Session.InputMetadata.TryGetValue(name, out found) || Session.OverridableInitializerMetadata.TryGetValue(name, out found))
            ? found.ElementDataType : throw new ArgumentException($"The session has no value '{name}'.", nameof(name));

    /// <summary>Opens the graph with the plan's taps and ports; weights stay in their files, computed ones in their store.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>: ONNX Runtime refused the graph.</exception>
    public static PlanSession Open(ModelGraph graph, WeightStore weights, Plan plan, RuntimeOptions options, RowDevice device)
    {
        using var settings = options.ToSessionOptions();
        device.Configure(settings);
        settings.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", graph.WeightsFolder);
        try
        {
            var session = new PlanSession(weights.Open(graph.ForPlan(plan), settings), plan, graph.Shape, device);
            try
            {
                device.Check(session);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new RoastException(RoastError.Runtime, $"{graph.WeightsFolder}: ONNX Runtime refused the graph: {e.Message} " +
                "Check that the weights file is whole and readable; 'roast inspect' shows what the model consists of.", e);
        }
    }

    public void Dispose() => Session.Dispose();
}
