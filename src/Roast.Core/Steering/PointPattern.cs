using System.Globalization;
using Roast.Formats;

namespace Roast;

/// <summary>
/// Points as a person writes them, before the model is known: <c>resid_post.*</c>, <c>attn_out.0..3</c> (both ends
/// included), <c>mlp_act.first5</c> (as many as there are), <c>resid_post.last</c>, <c>mlp_out.7</c>, separated by commas.
/// </summary>
public sealed class PointPattern
{
    readonly (Site Site, string Layers)[] _parts;
    readonly string _text;

    PointPattern((Site, string)[] parts, string text) => (_parts, _text) = (parts, text);

    /// <summary>ROAST's own places: <c>mlp_act</c> and <c>attn_out</c> of the first five layers (arXiv 2602.14143).</summary>
    public static PointPattern Default { get; } = Parse("mlp_act.first5,attn_out.first5");

    /// <summary>Every site of every layer.</summary>
    public static PointPattern Everything { get; } = Parse("resid_post.*,attn_out.*,mlp_out.*,mlp_act.*");

    /// <summary>A pattern that names exactly these points.</summary>
    public static PointPattern Of(IEnumerable<Point> points) => Parse(string.Join(',', points));

    /// <summary>Reads a pattern. Layers are checked later, by <see cref="Resolve"/>, when the model is known.</summary>
    /// <exception cref="FormatException">An unknown site, or layers in a form that is none of the above; the message shows the forms.</exception>
    public static PointPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = new List<(Site, string)>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int dot = part.IndexOf('.');
            if (dot < 0 || !Sites.TryParse(part.AsSpan(0, dot), out var site) || !IsLayers(part[(dot + 1)..]))
                throw new FormatException($"'{part}' names no points. Write a site ({string.Join(", ", Sites.All.Select(x => x.Name()))}), " +
                    "a dot, and layers: 7, 0..3, first5, last or *; for example 'resid_post.*,attn_out.0..3'.");
            parts.Add((site, part[(dot + 1)..]));
        }
        return new PointPattern([.. parts], text);
    }

    /// <summary>The points of a model with <paramref name="layers"/> layers, each once, ordered by layer and site.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A layer that the model does not have.</exception>
    public IReadOnlyList<Point> Resolve(int layers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        var points = new SortedSet<Point>();
        foreach (var (site, text) in _parts)
        {
            var (first, last) = Range(text, layers);
            if (last >= layers || first > last)
                throw new ArgumentOutOfRangeException(nameof(layers), $"'{site.Name()}.{text}' names layers {first}..{last}, but the model has layers 0..{layers - 1}. Choose layers inside that range, or *.");
            for (int layer = first; layer <= last; layer++) points.Add(new Point(site, layer));
        }
        return [.. points];
    }

    /// <summary>The text that <see cref="Parse"/> reads back to the same pattern.</summary>
    public override string ToString() => _text;

    static bool IsLayers(string text) => text is "*" or "last"
        || (text.StartsWith("first", StringComparison.Ordinal) && Number(text[5..]) > 0)
        || (text.Split("..") is var ends && ends.Length <= 2 && ends.All(end => Number(end) is not null));

    static (int First, int Last) Range(string text, int layers)
    {
        if (text == "*") return (0, layers - 1);
        if (text == "last") return (layers - 1, layers - 1);
        if (text.StartsWith("first", StringComparison.Ordinal)) return (0, Math.Min(layers, Number(text[5..])!.Value) - 1);
        string[] ends = text.Split("..");
        return (Number(ends[0])!.Value, Number(ends[^1])!.Value);
    }

    static int? Number(string text) =>
        NumberText.TryParse(text, NumberStyles.None, out int number) && number <= Point.MaxLayer ? number : null;
}
