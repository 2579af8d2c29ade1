using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>A bar per stage. Called from the thread that decodes.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<WorkProgress>
{
    readonly Dictionary<string, ProgressTask> _bars = [];

    public void Report(WorkProgress value)
    {
        if (!_bars.TryGetValue(value.Stage, out var bar)) _bars.Add(value.Stage, bar = context.AddTask(Markup.Escape(value.Stage)));
        (bar.MaxValue, bar.Value) = (value.Total, value.Done);
    }
}
