using Microsoft.ML.OnnxRuntime;
using Roast.Graph;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Rows;

/// <summary>One set of bound inputs and outputs. Owns the views; the memory under them belongs to the loop.</summary>
internal sealed class Binding : IDisposable
{
    readonly PlanSession _session;
    readonly OrtIoBinding _binding;
    readonly RunOptions _options;
    readonly List<OrtValue> _views = [];

    Binding(PlanSession session, bool repeats)
    {
        (_session, _binding) = (session, session.Session.CreateIoBinding());
        _options = session.Device.RunOptions(repeats);
    }

    /// <summary>Binds everything named, and rows <paramref name="firstRow"/> on of the cache as past and present at once.</summary>
    /// <param name="session">What is run.</param>
    /// <param name="cache">Keys and values.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="values">Everything else; owned from now on.</param>
    /// <param name="repeats">Whether it is run more than once.</param>
    public static Binding Of(PlanSession session, KvCache cache, int firstRow, int rows, IEnumerable<(string Name, OrtValue Value, bool IsOutput)> values, bool repeats = false)
    {
        var binding = new Binding(session, repeats);
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
    /// <param name="cancel">Also ends a run that is under way.</param>
    /// <exception cref="OperationCanceledException">The run was terminated because of <paramref name="cancel"/>.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Runtime"/>, with ONNX Runtime's words.</exception>
    public void Run(CancellationToken cancel)
    {
        try
        {
            using var registration = cancel.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _options);
            cancel.ThrowIfCancellationRequested();
            _session.Device.Run(_session.Session, _options, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            cancel.ThrowIfCancellationRequested();
            throw new RoastException(RoastError.Runtime, $"ONNX Runtime failed while running the model: {e.Message} " +
                "If memory ran out, use fewer rows or shorter prompts; otherwise check the model with 'roast inspect'.", e);
        }
        finally
        {
            // Nobody sets it any more: the registration is gone.
            if (cancel.IsCancellationRequested) _options.Terminate = false;
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
        _options.Dispose();
        foreach (var view in _views) view.Dispose();
    }
}
