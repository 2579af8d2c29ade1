using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>One set of bound inputs and outputs. Owns the views; the memory under them belongs to the loop.</summary>
internal sealed class Binding : IDisposable
{
    readonly OrtIoBinding _binding;
    readonly List<OrtValue> _views = [];

    Binding(PlanSession session) => _binding = session.Session.CreateIoBinding();

    /// <summary>Binds everything named, and rows <paramref name="firstRow"/> on of the cache as past and present at once.</summary>
    public static Binding Of(PlanSession session, KvCache cache, int firstRow, int rows, IEnumerable<(string Name, OrtValue Value, bool IsOutput)> values)
    {
        var binding = new Binding(session);
        try
        {
            foreach (var (name, value, isOutput) in values) binding.Bind(name, value, isOutput);
            for (int layer = 0; layer < session.Shape.Layers; layer++)
            {
                binding.BindBoth(GraphNames.PastKey(layer), GraphNames.PresentKey(layer), cache.View(layer, value: false, firstRow, rows));
                binding.BindBoth(GraphNames.PastValue(layer), GraphNames.PresentValue(layer), cache.View(layer, value: true, firstRow, rows));
            }
            return binding;
        }
        catch
        {
            binding.Dispose();
            throw;
        }
    }

    /// <summary>Runs the session over what is bound.</summary>
    /// <exception cref="OperationCanceledException">The run was terminated because of <paramref name="cancel"/>.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>, with ONNX Runtime's words.</exception>
    public void Run(PlanSession session, RunOptions options, CancellationToken cancel)
    {
        try
        {
            session.Device.Run(session.Session, options, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            cancel.ThrowIfCancellationRequested();
            throw new RoastException(RoastError.Runtime, $"ONNX Runtime failed while running the model: {e.Message} " +
                "If memory ran out, use fewer rows or shorter prompts; otherwise check the model with 'roast inspect'.", e);
        }
    }

    void Bind(string name, OrtValue value, bool isOutput)
    {
        _views.Add(value);
        if (isOutput) _binding.BindOutput(name, value);
        else _binding.BindInput(name, value);
    }

    void BindBoth(string past, string present, OrtValue value)
    {
        _views.Add(value);
        _binding.BindInput(past, value);
        _binding.BindOutput(present, value);
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var view in _views) view.Dispose();
    }
}
