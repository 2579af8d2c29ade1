using System.Security.Cryptography;
using System.Text;
using Roast.Cli.Reports.Sections;
using Roast.Files;

namespace Roast.Cli.Reports;

/// <summary>
/// One page that needs nothing else: no network, no file beside it. It is HTML and well-formed XML at once, the same bytes for the same
/// input, and its policy lets no script run but its own and nothing be loaded at all.
/// </summary>
internal static class ReportPage
{
    static readonly string Style = Resource("report.css"), Script = Resource("report.js");

    /// <summary>Writes the page, whole or not at all. Returns its size in bytes.</summary>
    public static long Write(string path, bool overwrite, ReportContent content)
    {
        byte[] page = Encoding.UTF8.GetBytes(Render(content));
        AtomicFile.Write(path, overwrite, stream => stream.Write(page));
        return page.Length;
    }

    public static string Render(ReportContent content)
    {
        var m = new MarkupWriter();
        m.Trusted("<!DOCTYPE html>\n");
        using (m.In("html", ("lang", "en")))
        {
            using (m.In("head"))
            {
                m.Void("meta", ("charset", "utf-8"));
                m.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'"));
                m.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                m.Void("link", ("rel", "icon"), ("href", "data:,"));        // or a browser asks for one
                m.Add("title", Heading.Title(content));
                using (m.In("style")) m.Trusted(Style);
            }
            using (m.In("body"))
            {
                m.Add("a", "Skip to the figures", ("class", "skip"), ("href", "#main"));
                Heading.Write(m, content);
                using (m.In("main", ("id", "main")))
                    foreach (var section in Section.All) section.Write(m, content);
                using (m.In("script")) m.Trusted(Script);
            }
        }
        m.Trusted("\n");
        return m.ToString();
    }

    static string Hash(string script) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    static string Resource(string name)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program was built without its resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");  // the script's hash must not depend on how git checked it out
    }
}
