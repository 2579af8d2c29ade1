namespace Roast.Text.Templates;

/// <summary>The filters by name. Each takes the value in front of it, its arguments, and what it needs of the evaluator.</summary>
internal static class Filters
{
    internal delegate Value Filter(Value value, Arguments arguments, FilterContext context);

    static readonly Dictionary<string, Filter> Known = [];

    static Filters()
    {
        TextFilters.AddTo(Known);
        NumberFilters.AddTo(Known);
        ListFilters.AddTo(Known);
        SelectFilters.AddTo(Known);
        Known["default"] = Known["d"] = (value, a, _) => value is UndefinedValue || (a.Bool(1, "boolean") && !value.IsTrue) ? a.Get(0, "default_value") ?? StringValue.Empty : value;
        Known["attr"] = (value, a, context) => context.Members.Attribute(value, a.Text(0, "name").Text);
        Known["tojson"] = ToJson;
    }

    internal static bool IsKnown(string name) => Known.ContainsKey(name);

    internal static Value Apply(string name, Value value, Arguments arguments, FilterContext context) =>
        Pay((Known.GetValueOrDefault(name) ?? throw new Fault($"it asks for the filter '{name}', which is not known"))(Pay(value, context, Budget.Step), arguments, context), context);

    // For what it reads and for what it makes. A filter that looks deeper pays for that itself.
    static Value Pay(Value value, FilterContext context, long more = 0)
    {
        context.Budget.Spend(more);
        context.Budget.Spend(value);
        return value;
    }

    /// <summary>The arguments of Python's <c>json.dumps</c>, as far as transformers passes them on.</summary>
    static StringValue ToJson(Value value, Arguments a, FilterContext context)
    {
        a.Accept("ensure_ascii", "indent", "separators", "sort_keys");
        string? indent = a.Get(1, "indent") switch
        {
            null or NoneValue => null,
            StringValue text => text.Text,
            _ => new string(' ', Math.Clamp(a.Int(1, "indent", 0), 0, MaxIndent)),
        };
        context.Budget.SpendPrint(value);
        var separators = a.Get(2, "separators") as ListValue;
        if (separators is { Items.Count: not 2 }) throw new Fault("the separators of 'tojson' are not two");
        return new JsonText
        {
            OnlyAscii = a.Bool(0, "ensure_ascii"),
            Indent = indent,
            Comma = separators is null ? indent is null ? ", " : "," : Printing.Print(separators.Items[0], context.Budget).Text,
            Colon = separators is null ? ": " : Printing.Print(separators.Items[1], context.Budget).Text,
            SortKeys = a.Bool(3, "sort_keys"),
        }.Write(value);
    }

    /// <summary>Widest indentation that a filter writes, in characters.</summary>
    internal const int MaxIndent = 1000;
}

/// <summary>What filters need beyond their arguments.</summary>
/// <param name="Members">Access to attributes.</param>
/// <param name="Budget">The work that is left.</param>
internal sealed record FilterContext(Members Members, Budget Budget);
