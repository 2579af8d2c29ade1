namespace Roast.Text.Templates;

/// <summary>Filters that arrange elements.</summary>
internal static class ListFilters
{
    internal static void AddTo(Dictionary<string, Filters.Filter> known)
    {
        known["list"] = (value, _, _) => new ListValue(Sequences.RequireItems(value));
        known["first"] = (value, _, _) => Sequences.RequireItems(value) is { Count: > 0 } items ? items[0] : new UndefinedValue("the first element");
        known["last"] = (value, _, _) => Sequences.RequireItems(value) is { Count: > 0 } items ? items[^1] : new UndefinedValue("the last element");
        known["reverse"] = (value, _, _) => value is StringValue ? Sequences.Slice(value, null, null, -1) : new ListValue([.. Sequences.RequireItems(value).Reverse()]);
        known["items"] = (value, _, _) => value switch
        {
            DictValue dict => Members.Pairs(dict),
            UndefinedValue => new ListValue([]),
            _ => throw new Fault($"'items' takes a mapping, and found {value.Kind}"),
        };
        known["join"] = (value, a, context) => StringValue.Join(Printing.Print(a.Accept("d", "attribute").Get(0, "d") ?? StringValue.Empty, context.Budget), [.. SelectFilters.Attributes(value, a.Get(1, "attribute"), context).Select(item => Printing.Print(item, context.Budget))]);
        known["sort"] = (value, a, context) => Sorted(Sequences.RequireItems(value), a.Accept("reverse", "case_sensitive", "attribute").Bool(0, "reverse"), a.Bool(1, "case_sensitive"), a.Get(2, "attribute"), context);
        known["min"] = (value, a, context) => Sorted(Sequences.RequireItems(value), false, a.Accept("case_sensitive", "attribute").Bool(0, "case_sensitive"), a.Get(1, "attribute"), context) is { Items.Count: > 0 } list ? list.Items[0] : new UndefinedValue("the least element");
        known["max"] = (value, a, context) => Sorted(Sequences.RequireItems(value), true, a.Accept("case_sensitive", "attribute").Bool(0, "case_sensitive"), a.Get(1, "attribute"), context) is { Items.Count: > 0 } list ? list.Items[0] : new UndefinedValue("the greatest element");
        known["dictsort"] = DictSort;
        known["unique"] = Unique;
        known["batch"] = Batch;
        known["slice"] = Slice;
        known["groupby"] = GroupBy;
    }

    /// <summary>Stable, and without a difference between upper and lower case unless asked for.</summary>
    static ListValue Sorted(IReadOnlyList<Value> items, bool descending, bool isCaseSensitive, Value? attribute, FilterContext context)
    {
        var keyed = items.Select(item => (Item: item, Key: Folded(SelectFilters.Attribute(item, attribute, context), isCaseSensitive)));
        var comparer = Comparer<Value>.Create((x, y) => Compare(x, y, context));
        try { return new ListValue([.. (descending ? keyed.OrderByDescending(x => x.Key, comparer) : keyed.OrderBy(x => x.Key, comparer)).Select(x => x.Item)]); }
        catch (InvalidOperationException e) when (e.InnerException is Fault fault) { throw new Fault(fault.Message); }
    }

    static int Compare(Value x, Value y, FilterContext context)
    {
        context.Budget.SpendBoth(x, y);
        return Comparing.Order(x, y) ?? throw new Fault($"it sorts {x.Kind} and {y.Kind}");
    }

    static bool AreEqual(Value x, Value y, FilterContext context)
    {
        context.Budget.SpendBoth(x, y);
        return Comparing.AreEqual(x, y);
    }

    internal static Value Folded(Value value, bool isCaseSensitive) => value is StringValue text && !isCaseSensitive ? Casing.Lower(text) : value;

    static ListValue DictSort(Value value, Arguments a, FilterContext context)
    {
        a.Accept("case_sensitive", "by", "reverse");
        if (value is not DictValue dict) throw new Fault($"'dictsort' takes a mapping, and found {value.Kind}");
        bool byValue = a.TextOrNull(1, "by")?.Text == "value";
        return Sorted(Members.Pairs(dict).Items, a.Bool(2, "reverse"), a.Bool(0, "case_sensitive"), new IntegerValue(byValue ? 1 : 0), context);
    }

    static ListValue Unique(Value value, Arguments a, FilterContext context)
    {
        a.Accept("case_sensitive", "attribute");
        var (kept, seen) = (new List<Value>(), new List<Value>());
        foreach (var item in Sequences.RequireItems(value))
        {
            var key = Folded(SelectFilters.Attribute(item, a.Get(1, "attribute"), context), a.Bool(0, "case_sensitive"));
            if (seen.Exists(other => AreEqual(key, other, context))) continue;
            seen.Add(key);
            kept.Add(item);
        }
        return new ListValue(kept);
    }

    static ListValue Batch(Value value, Arguments a, FilterContext context)
    {
        int size = a.Accept("linecount", "fill_with").Int(0, "linecount", 0);
        if (size < 1) throw new Fault($"'batch' is asked for {size} elements a line");
        return new ListValue([.. Sequences.RequireItems(value).Chunk(size).Select(line => new ListValue(
            a.Get(1, "fill_with") is { } fill and not NoneValue && size <= ListValue.MaxItems ? [.. line, .. Enumerable.Repeat(fill, size - line.Length)] : line))]);
    }

    static ListValue Slice(Value value, Arguments a, FilterContext context)
    {
        var items = Sequences.RequireItems(value);
        int count = a.Accept("slices", "fill_with").Int(0, "slices", 0);
        if (count is < 1 or > ListValue.MaxItems) throw new Fault($"'slice' is asked for {count} columns");
        (int whole, int longer) = Math.DivRem(items.Count, count);
        var columns = new List<Value>();
        for (int i = 0, start = 0; i < count; i++)
        {
            int size = whole + (i < longer ? 1 : 0);
            List<Value> column = [.. items.Skip(start).Take(size)];
            if (i >= longer && longer > 0 && a.Get(1, "fill_with") is { } fill and not NoneValue) column.Add(fill);
            columns.Add(new ListValue(column));
            context.Budget.Spend(items.Count);
            start += size;
        }
        return new ListValue(columns);
    }

    static ListValue GroupBy(Value value, Arguments a, FilterContext context)
    {
        a.Accept("attribute", "default", "case_sensitive");
        var attribute = a.Require(0, "attribute");
        var groups = new List<Value>();
        List<Value> group = [];
        Value? key = null;
        foreach (var item in Sorted(Sequences.RequireItems(value), false, a.Bool(2, "case_sensitive"), attribute, context).Items)
        {
            var next = SelectFilters.Attribute(item, attribute, context) is UndefinedValue && a.Get(1, "default") is { } otherwise ? otherwise : SelectFilters.Attribute(item, attribute, context);
            if (key is null || !AreEqual(Folded(key, a.Bool(2, "case_sensitive")), Folded(next, a.Bool(2, "case_sensitive")), context))
            {
                if (key is not null) groups.Add(new ListValue([key, new ListValue(group)], isTuple: true));
                (key, group) = (next, []);
            }
            group.Add(item);
        }
        if (key is not null) groups.Add(new ListValue([key, new ListValue(group)], isTuple: true));
        return new ListValue(groups);
    }
}
