namespace Roast.Cli.Results;

internal sealed record InstrumentCommandResult(string Output, string Graph, string[] Taps, string[] Ports, string PortForm, IReadOnlyList<string> Linked, IReadOnlyList<string> Copied, IReadOnlyList<string> SideFiles)
{
    public static InstrumentCommandResult Of(Onnx.InstrumentResult x) => new(x.Output.Folder, x.Output.GraphFile, Names(x.Taps), Names(x.Ports), x.PortForm == Roast.PortForm.Shared ? "shared" : "per_row",
        x.Output.Linked, x.Output.Copied, x.Output.SideFiles);

    internal static string[] Names(IEnumerable<Point> points) => [.. points.Select(point => point.ToString())];
}

internal sealed record BakeCommandResult(string Output, string Graph, string[] Points, float Strength, bool Relative, string Scope, IReadOnlyList<string> Doubts, IReadOnlyList<string> Linked, IReadOnlyList<string> Copied, IReadOnlyList<string> SideFiles)
{
    public static BakeCommandResult Of(Onnx.BakeResult x) => new(x.Output.Folder, x.Output.GraphFile, InstrumentCommandResult.Names(x.Points), x.Strength.Value, x.Strength.IsRelative, Roast.Scope.All.Name(), x.Doubts,
        x.Output.Linked, x.Output.Copied, x.Output.SideFiles);
}

/// <summary>What happened to the weights, in words.</summary>
internal static class WeightsText
{
    public static string Of(IReadOnlyList<string> linked, IReadOnlyList<string> copied) => (linked.Count, copied.Count) switch
    {
        (0, 0) => "in the graph itself",
        (_, 0) => $"{string.Join(", ", linked)}: hard links, nothing was copied",
        _ => $"{string.Join(", ", copied)}: copied, because no hard link can be made there",
    };
}
