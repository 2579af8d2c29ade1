using Roast.Cli.Output;
using Roast.Cli.Reports.Plots;
using Roast.Cli.Results;

namespace Roast.Cli.Reports.Sections;

/// <summary>Accuracy on dev by layer and site, where places were compared.</summary>
internal static class PlacesSection
{
    const double EqualShare = 0.5;
    const int MostRows = 24;

    public static void Write(MarkupWriter m, ReportContent x)
    {
        if (x.Grid is not { } grid)
        {
            Parts.Absent(m, "No places were compared: the vector was steered at all its points together. 'roast eval --dev FILE --points-grid each' tries each point by itself.");
            return;
        }
        var places = grid.Places.Select(place => (Place: place, Best: place.Curve.First(point => point.Strength == place.Strength))).ToArray();
        m.Add("p", x.GridChooses ? $"Each place was steered at every strength on dev, and {grid.Chosen} was chosen: the place that stays within two points of the best at most strengths."
            : "Each point was steered by itself at every strength on dev, to see where the vector works. Nothing was chosen from it: the result above steers all points together.");
        var cells = places.Select(place => (place.Place, place.Best, IsPoint: Point.TryParse(place.Place.Points, null, out var point), Point: point)).Where(cell => cell.IsPoint).ToArray();
        using (m.In("div", ("class", "figures")))
        {
            if (cells.Length > 0) Map(m, grid, [.. cells.Select(cell => (cell.Place, cell.Best, cell.Point))]);
            Bests(m, x, grid, places);
        }
    }

    static void Map(MarkupWriter m, GridResult grid, (PlaceResult Place, CurvePoint Best, Point Point)[] cells)
    {
        Site[] sites = [.. Sites.All.Where(site => cells.Any(cell => cell.Point.Site == site))];
        int[] layers = [.. cells.Select(cell => cell.Point.Layer).Distinct().Order()];
        var rowOf = layers.Index().ToDictionary(x => x.Item, x => x.Index);
        double low = cells.Min(cell => cell.Best.Accuracy), high = cells.Max(cell => cell.Best.Accuracy);
        var best = cells.MaxBy(cell => cell.Best.Accuracy);
        var chart = new Chart("places-map", "Dev accuracy by layer and site",
            $"{cells.Length} points over {layers.Length} layers and {sites.Length} sites; from {Percent.Of(low)} to {Percent.Of(high)}, best at {best.Place.Points}.", "site", "layer");
        Parts.Figure(m, chart, chart => HeatMap.Write(m, chart, [.. layers.Select(layer => $"layer {layer}")], [.. sites.Select(site => site.Name())],
                [.. cells.Select(cell => new HeatCell(rowOf[cell.Point.Layer], Array.IndexOf(sites, cell.Point.Site), high > low ? (cell.Best.Accuracy - low) / (high - low) : EqualShare,
                    Chart.Percent(cell.Best.Accuracy), cell.Place.Points == grid.Chosen, $"{cell.Place.Points}: {Percent.Of(cell.Best.Accuracy)} at strength {StudyTables.Number(cell.Best.Strength)}"))]),
            "The accuracy at the strength that would be chosen at each point; colors run from the least to the largest of these. The frame marks the place that the rule picks.",
            ["point", "accuracy", "at strength"], cells.Select(cell => (string[])[cell.Place.Points, Percent.Of(cell.Best.Accuracy), StudyTables.Number(cell.Best.Strength)]));
    }

    static void Bests(MarkupWriter m, ReportContent x, GridResult grid, (PlaceResult Place, CurvePoint Best)[] places)
    {
        // Of many places the picture has the best, in the order in which they were given; the table has all.
        double least = places.Length <= MostRows ? 0 : places.Select(place => place.Best.Accuracy).OrderDescending().ElementAt(MostRows - 1);
        var shown = places.Where(place => place.Best.Accuracy >= least).Take(MostRows).ToArray();
        var chart = new Chart("places-best", "Dev accuracy by place", $"The accuracy of {places.Length} places at the strength that would be chosen there: {string.Join("; ", places.Take(20).Select(place => $"{place.Place.Points} {Percent.Of(place.Best.Accuracy)}"))}.", "right answers", "");
        Parts.Figure(m, chart, chart => RowChart.Write(m, chart, [.. shown.Select(place => new ChartRow(Shortened(place.Place.Points), Parts.Style(place.Place.Points), null, (place.Best.Interval[0], place.Best.Interval[1]), place.Best.Accuracy, null,
                $"{place.Place.Points}, {Percent.Of(place.Best.Accuracy)}, 95 % interval {Parts.Interval(place.Best.Interval)}, at strength {StudyTables.Number(place.Best.Strength)}"))],
                (0, 1), Chart.Percent, x.Sweep?.Baseline.Accuracy, "no steering"),
            $"{(shown.Length < places.Length ? $"The best {shown.Length} of {places.Length}. " : "")}Dots: accuracy at the strength that would be chosen there; bars: Wilson's 95 % intervals, which do not know that a best strength was picked.",
            ["place", "strength", "right", "of", "accuracy", "95 % interval", ""],
            places.SelectMany(place => place.Place.Curve.Select(point => (string[])[place.Place.Points, StudyTables.Number(point.Strength), Parts.Count(point.Correct), Parts.Count(point.Total), Percent.Of(point.Accuracy), Parts.Interval(point.Interval), point.Strength == place.Place.Strength ? place.Place.Points == grid.Chosen ? "chosen" : "best here" : ""])));
    }

    static string Shortened(string place) => place.Length <= 15 ? place : place[..14] + "…";
}
