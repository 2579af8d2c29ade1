using System.Diagnostics;
using Roast.Onnx;
using Spectre.Console;

namespace Roast.Cli.Output;

/// <summary>A bar per stage, with what it gets done a second. Called from the thread that decodes, for every answer: a bar moves by whole percents only, so that it costs nothing.</summary>
internal sealed class ProgressBars(ProgressContext context) : IProgress<WorkProgress>
{
    readonly Dictionary<string, Stage> _stages = [];

    public void Report(WorkProgress value)
    {
        int percent = (int)(100L * value.Done / Math.Max(1, value.Total));
        if (!_stages.TryGetValue(value.Stage, out var stage)) _stages.Add(value.Stage, stage = new Stage(context.AddTask(Markup.Escape(value.Stage)), value, Stopwatch.GetTimestamp()));
        if (stage.Percent == percent) return;
        stage.Percent = percent;
        stage.Bar.Value = percent;
        stage.Bar.State.Update<Rate>(RateColumn.Key, _ => Rate.Between(stage.First, value, Stopwatch.GetElapsedTime(stage.Start)));
    }

    sealed class Stage(ProgressTask bar, WorkProgress first, long start)
    {
        public ProgressTask Bar { get; } = bar;

        public WorkProgress First { get; } = first;

        public long Start { get; } = start;

        public int Percent { get; set; } = -1;
    }
}
