using System.Text;

namespace Roast.Text.Templates;

/// <summary>Filters on text. What is no string is printed first, as in Jinja.</summary>
internal static class TextFilters
{
    const string Escaped = "&<>'\"";

    internal static void AddTo(Dictionary<string, Filters.Filter> known)
    {
        known["trim"] = (value, a, context) => Text(value, context).Trim(a.Accept("chars").TextOrNull(0, "chars")?.Text);
        known["upper"] = (value, _, context) => Casing.Upper(Text(value, context));
        known["lower"] = (value, _, context) => Casing.Lower(Text(value, context));
        known["title"] = (value, _, context) => Casing.TitleWords(Text(value, context));
        known["capitalize"] = (value, _, context) => Casing.Capitalize(Text(value, context));
        known["string"] = known["safe"] = (value, _, context) => Text(value, context);
        known["escape"] = known["e"] = (value, _, context) => Escape(Text(value, context));
        known["replace"] = (value, a, context) => StringMethods.Replace(Text(value, context), Text(a.Accept("old", "new", "count").Require(0, "old"), context).Text, Text(a.Require(1, "new"), context), a.Get(2, "count") is NoneValue ? -1 : a.Int(2, "count", -1));
        known["format"] = (value, a, context) => Formatting.Percent(Text(value, context), a.Named.Count > 0 ? new DictValue(a.Named) : new ListValue(a.Positional, isTuple: true), context.Budget);
        known["indent"] = Indent;
        known["truncate"] = Truncate;
        known["center"] = (value, a, context) => Center(Text(value, context), Math.Min(a.Accept("width").Int(0, "width", 80), Filters.MaxIndent));
        known["wordcount"] = (value, _, context) => new IntegerValue(WordCount(Text(value, context).Text));
    }

    static StringValue Text(Value value, FilterContext context) => Printing.Print(value, context.Budget);

    static StringValue Escape(StringValue text)
    {
        var parts = new List<StringValue>();
        int start = 0;
        for (int at; (at = text.Text.AsSpan(start).IndexOfAny(Escaped)) >= 0; start += at + 1)
        {
            parts.Add(text.Cut(start, start + at));
            parts.Add(new StringValue(text.Text[start + at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '\'' => "&#39;", _ => "&#34;" }));
        }
        parts.Add(text.Cut(start, text.Text.Length));
        return StringValue.Join(StringValue.Empty, parts);
    }

    static StringValue Indent(Value value, Arguments a, FilterContext context)
    {
        a.Accept("width", "first", "blank");
        var indent = a.Get(0, "width") as StringValue ?? new StringValue(new string(' ', Math.Clamp(a.Int(0, "width", 4), 0, Filters.MaxIndent)));
        var (newLine, lines) = (new StringValue("\n"), StringMethods.Lines(Text(value, context).Append(new StringValue("\n"))));
        var parts = new List<StringValue>();
        for (int i = 0; i < lines.Count; i++)
        {
            var line = (StringValue)lines[i];
            if (i > 0) parts.Add(newLine);
            if (i == 0 ? a.Bool(1, "first") : line.Text.Length > 0 || a.Bool(2, "blank")) parts.Add(indent);
            parts.Add(line);
        }
        return StringValue.Join(StringValue.Empty, parts);  // which looks at the length before it copies anything
    }

    static StringValue Truncate(Value value, Arguments a, FilterContext context)
    {
        a.Accept("length", "killwords", "end", "leeway");
        var (text, end) = (Text(value, context), a.TextOrNull(2, "end") ?? new StringValue("..."));
        (int length, int leeway) = (a.Int(0, "length", 255), a.Int(3, "leeway", 5));
        if (length < end.Text.Length) throw new Fault($"'truncate' is asked for {length} characters, fewer than its end has");
        if (Sequences.Length(text) <= (long)length + leeway) return text;
        var kept = (StringValue)Sequences.Slice(text, 0, length - Sequences.Length(end), null);
        int space = a.Bool(1, "killwords") ? -1 : kept.Text.LastIndexOf(' ');
        return (space < 0 ? kept : kept.Cut(0, space)).Append(end);
    }

    static StringValue Center(StringValue text, int width)
    {
        int missing = width - Sequences.Length(text);
        if (missing <= 0) return text;
        int left = missing / 2 + (missing & width & 1);     // as Python's str.center
        return new StringValue(new string(' ', left)).Append(text).Append(new StringValue(new string(' ', missing - left)));
    }

    /// <summary>Runs of letters, digits and underscores.</summary>
    static int WordCount(string text)
    {
        (int words, bool inside) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            bool word = Rune.IsLetterOrDigit(rune) || rune.Value == '_';
            if (word && !inside) words++;
            inside = word;
        }
        return words;
    }
}
