namespace Roast.Cli.Reports.Sections;

/// <summary>One part of the page.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Name">Its heading.</param>
/// <param name="Body">Writes what stands under the heading.</param>
internal sealed record Section(string Id, string Name, Action<MarkupWriter, ReportContent> Body)
{
    /// <summary>The parts in their order: the result first, then what it rests on, then where it came from.</summary>
    public static IReadOnlyList<Section> All { get; } =
    [
        new("accuracy", "Accuracy", AccuracySection.Write),
        new("places", "Places", PlacesSection.Write),
        new("points", "The vector, point by point", PointsSection.Write),
        new("tokens", "Token by token", TokensSection.Write),
        new("transcripts", "Before and after", TranscriptsSection.Write),
        new("provenance", "Provenance", ProvenanceSection.Write),
        new("numbers", "Numbers", DownloadsSection.Write),
    ];

    public void Write(MarkupWriter m, ReportContent content)
    {
        using var section = m.In("section", ("id", Id), ("aria-labelledby", $"{Id}-heading"));
        m.Add("h2", Name, ("id", $"{Id}-heading"));
        Body(m, content);
    }
}
