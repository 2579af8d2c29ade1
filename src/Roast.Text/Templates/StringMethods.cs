namespace Roast.Text.Templates;

/// <summary>The methods of strings.</summary>
internal static class StringMethods
{
    /// <summary>The method of a string; <c>null</c> where it has none of this name here.</summary>
    internal static FunctionValue? Find(StringValue text, string name, Budget budget)
    {
        Func<Arguments, Value>? method = name switch
        {
            "strip" => a => text.Trim(a.Accept("chars").TextOrNull(0, "chars")?.Text),
            "lstrip" => a => text.Trim(a.Accept("chars").TextOrNull(0, "chars")?.Text, end: false),
            "rstrip" => a => text.Trim(a.Accept("chars").TextOrNull(0, "chars")?.Text, start: false),
            "upper" => _ => Casing.Upper(text),
            "lower" => _ => Casing.Lower(text),
            "title" => _ => Casing.Title(text),
            "capitalize" => _ => Casing.Capitalize(text),
            "startswith" => a => BoolValue.Of(Any(a, part => text.Text.StartsWith(part, StringComparison.Ordinal))),
            "endswith" => a => BoolValue.Of(Any(a, part => text.Text.EndsWith(part, StringComparison.Ordinal))),
            "split" => a => new ListValue(Split(text, a.Accept("sep", "maxsplit").TextOrNull(0, "sep")?.Text, a.Int(1, "maxsplit", -1))),
            "rsplit" => a => new ListValue(SplitFromEnd(text, a.Accept("sep", "maxsplit").Text(0, "sep").Text, a.Int(1, "maxsplit", -1))),
            "splitlines" => a => new ListValue(Lines(text, a.Accept("keepends").Bool(0, "keepends"))),
            "replace" => a => Replace(text, a.Accept("old", "new", "count").Text(0, "old").Text, a.Text(1, "new"), a.Int(2, "count", -1)),
            "removeprefix" => a => a.Text(0, "prefix").Text is var prefix && text.Text.StartsWith(prefix, StringComparison.Ordinal) ? text.Cut(prefix.Length, text.Text.Length) : text,
            "removesuffix" => a => a.Text(0, "suffix").Text is var suffix && text.Text.EndsWith(suffix, StringComparison.Ordinal) ? text.Cut(0, text.Text.Length - suffix.Length) : text,
            "find" => a => new IntegerValue(CodePoint(text.Text, text.Text.IndexOf(a.Accept("sub").Text(0, "sub").Text, StringComparison.Ordinal))),
            "rfind" => a => new IntegerValue(CodePoint(text.Text, text.Text.LastIndexOf(a.Accept("sub").Text(0, "sub").Text, StringComparison.Ordinal))),
            "count" => a => new IntegerValue(Count(text, a.Accept("sub").Text(0, "sub").Text)),
            "join" => a => StringValue.Join(text, [.. Sequences.RequireItems(a.Accept("items").Require(0, "items")).Select(item => item as StringValue ?? throw new Fault($"'join' takes strings, and found {item.Kind}"))]),
            "format" => a => Formatting.Braces(text, a, budget),
            "isdigit" => _ => BoolValue.Of(text.Text.Length > 0 && text.Text.All(char.IsDigit)),
            "isalpha" => _ => BoolValue.Of(text.Text.Length > 0 && text.Text.All(char.IsLetter)),
            "isalnum" => _ => BoolValue.Of(text.Text.Length > 0 && text.Text.All(char.IsLetterOrDigit)),
            "isspace" => _ => BoolValue.Of(text.Text.Length > 0 && text.Text.All(StringValue.IsSpace)),
            "isupper" => _ => BoolValue.Of(Casing.IsUpper(text.Text)),
            "islower" => _ => BoolValue.Of(Casing.IsLower(text.Text)),
            _ => null,
        };
        return method is null ? null : new FunctionValue(name, arguments =>
        {
            budget.Spend(text);
            return method(arguments);
        });
    }

    internal static StringValue Replace(StringValue text, string old, StringValue replacement, int count)
    {
        if (old.Length == 0) throw new Fault("it replaces the empty string");
        return StringValue.Join(replacement, [.. Split(text, old, count).Cast<StringValue>()]);
    }

    /// <summary>Parts between separators; between runs of white space where there is none.</summary>
    internal static List<Value> Split(StringValue text, string? separator, int most)
    {
        if (separator is { Length: 0 }) throw new Fault("it splits by the empty string");
        var parts = new List<Value>();
        int start = 0;
        if (separator is null)
        {
            text = text.Trim(end: false);
            while (start < text.Text.Length && (most < 0 || parts.Count < most))
            {
                int end = start;
                while (end < text.Text.Length && !StringValue.IsSpace(text.Text[end])) end++;
                parts.Add(text.Cut(start, end));
                for (start = end; start < text.Text.Length && StringValue.IsSpace(text.Text[start]);) start++;
            }
            if (start < text.Text.Length) parts.Add(text.Cut(start, text.Text.Length));
            return parts;
        }
        for (int at; (most < 0 || parts.Count < most) && (at = text.Text.IndexOf(separator, start, StringComparison.Ordinal)) >= 0; start = at + separator.Length) parts.Add(text.Cut(start, at));
        parts.Add(text.Cut(start, text.Text.Length));
        return parts;
    }

    static List<Value> SplitFromEnd(StringValue text, string separator, int most)
    {
        if (separator.Length == 0) throw new Fault("it splits by the empty string");
        var parts = new List<Value>();
        int end = text.Text.Length;
        for (int at; end > 0 && (most < 0 || parts.Count < most) && (at = text.Text.AsSpan(0, end).LastIndexOf(separator)) >= 0; end = at) parts.Add(text.Cut(at + separator.Length, end));
        parts.Add(text.Cut(0, end));
        parts.Reverse();
        return parts;
    }

    internal static List<Value> Lines(StringValue text, bool keepEnds = false)
    {
        var lines = new List<Value>();
        for (int start = 0; start < text.Text.Length;)
        {
            int end = text.Text.AsSpan(start).IndexOfAny("\n\r\v\f\u001C\u001D\u001E\u0085\u2028\u2029") is var at and >= 0 ? start + at : text.Text.Length;
            int next = end == text.Text.Length ? end : text.Text[end] == '\r' && end + 1 < text.Text.Length && text.Text[end + 1] == '\n' ? end + 2 : end + 1;
            lines.Add(text.Cut(start, keepEnds ? next : end));
            start = next;
        }
        return lines;
    }

    static bool Any(Arguments arguments, Func<string, bool> matches) => arguments.Accept("part").Require(0, "part") switch
    {
        StringValue part => matches(part.Text),
        ListValue { IsTuple: true } parts => parts.Items.Any(part => part is StringValue text && matches(text.Text)),
        var other => throw new Fault($"it looks for {other.Kind} at an end of a string"),
    };

    static int Count(StringValue text, string part) => part.Length == 0 ? Sequences.Length(text) + 1 : text.Text.AsSpan().Count(part);

    static int CodePoint(string text, int position) => position < 0 ? -1 : Sequences.Length(new StringValue(text[..position]));
}
