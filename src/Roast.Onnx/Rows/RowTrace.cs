using System.Numerics.Tensors;

namespace Roast.Onnx.Rows;

/// <summary>Collects what was added to one row at each step.</summary>
internal sealed class RowTrace
{
    readonly Point[] _points;
    readonly (int Tap, int Port)[] _places;
    readonly List<TraceStep> _steps = [];

    /// <param name="plan">Taps and steers every point that is traced.</param>
    /// <param name="points">What is traced.</param>
    public RowTrace(Plan plan, IReadOnlyList<Point> points)
    {
        _points = [.. points];
        _places = [.. points.Select(point => (IndexOf(plan.Taps, point), IndexOf(plan.Ports, point)))];
    }

    /// <summary>Takes the step that was just run. A tap shows the activation with the port added, so h is their difference.</summary>
    public void Add(StepBuffers buffers, int slot, int position, bool isSteered)
    {
        var ratios = new float[_points.Length];
        if (isSteered)
            for (int i = 0; i < ratios.Length; i++)
            {
                var added = buffers.Ports.Row(_places[i].Port, slot);
                float before = TensorPrimitives.Distance(buffers.Tap(_places[i].Tap, slot), added);
                ratios[i] = before == 0 ? 0 : TensorPrimitives.Norm(added) / before;
            }
        _steps.Add(new TraceStep(position, isSteered, ratios));
    }

    public SteeringTrace ToTrace() => new(_points, _steps);

    static int IndexOf(IReadOnlyList<Point> points, Point point)
    {
        for (int i = 0; i < points.Count; i++) if (points[i] == point) return i;
        throw new ArgumentException($"The plan does not have {point}.", nameof(point));
    }
}
