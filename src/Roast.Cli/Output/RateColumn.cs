using Spectre.Console;
using Spectre.Console.Rendering;

namespace Roast.Cli.Output;

/// <summary>What a stage gets done a second.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public const string Key = "rate";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Spectre.Console.Text(task.State.Get<Rate>(Key).ToString(), new Style(Color.Grey)).RightJustified();
}
