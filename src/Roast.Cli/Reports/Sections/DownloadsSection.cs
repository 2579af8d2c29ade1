using System.Globalization;

namespace Roast.Cli.Reports.Sections;

/// <summary>The files that the page was made of, inside it: every number, for a program.</summary>
internal static class DownloadsSection
{
    public static void Write(MarkupWriter m, ReportContent x)
    {
        m.Add("p", "Every number of this page as JSON, byte for byte what the page was made of. The files are in the page: nothing is fetched.");
        using var list = m.In("ul", ("class", "downloads"));
        foreach (var file in x.Files)
            using (m.In("li"))
                m.Add("a", string.Create(CultureInfo.InvariantCulture, $"{file.Name} ({file.Json.Length:N0} bytes)"), ("download", file.Name), ("href", $"data:application/json;base64,{Convert.ToBase64String(file.Json)}"));
    }
}
