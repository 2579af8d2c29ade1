using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>A bar per stage. Called from the thread that decodes, for every answer: a bar moves by whole percents only, so that it costs nothing.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<WorkProgress>
{
    readonly Dictionary<string, (ProgressTask Bar, int Percent)> _bars = [];

    public void Report(WorkProgress value)
    {
        int percent = (int)(100L * value.Done / Math.Max(1, value.Total));
        if (!_bars.TryGetValue(value.Stage, out var shown)) shown = (context.AddTask(Markup.Escape(value.Stage)), -1);
        if (shown.Percent == percent) return;
        shown.Bar.Value = percent;
        _bars[value.Stage] = (shown.Bar, percent);
    }
}
