using System.Globalization;
using Roast.Formats;

namespace Roast.Text.Templates;

/// <summary>Filters that run over elements by another filter, a test or an attribute.</summary>
internal static class SelectFilters
{
    internal static void AddTo(Dictionary<string, Filters.Filter> known)
    {
        known["map"] = Map;
        known["select"] = (value, a, context) => Select(value, a, context, byAttribute: false, keep: true);
        known["reject"] = (value, a, context) => Select(value, a, context, byAttribute: false, keep: false);
        known["selectattr"] = (value, a, context) => Select(value, a, context, byAttribute: true, keep: true);
        known["rejectattr"] = (value, a, context) => Select(value, a, context, byAttribute: true, keep: false);
    }

    /// <summary>The attribute of each element, or the elements themselves where none is named.</summary>
    internal static IEnumerable<Value> Attributes(Value value, Value? attribute, FilterContext context) => Sequences.RequireItems(value).Select(item => Attribute(item, attribute, context));

    /// <summary><c>a.b.0</c> of an element: names and positions, parted by dots.</summary>
    internal static Value Attribute(Value item, Value? attribute, FilterContext context)
    {
        context.Budget.Spend(Budget.Step);
        if (attribute is null or NoneValue) return item;
        if (attribute is not StringValue path) return context.Members.Item(item, attribute);
        foreach (string name in path.Text.Split('.'))
            item = context.Members.Item(item, NumberText.TryParse(name, NumberStyles.None, out int position) ? new IntegerValue(position) : new StringValue(name));
        return item;
    }

    static ListValue Map(Value value, Arguments a, FilterContext context)
    {
        if (a.Positional.Count == 0 && a.Get(0, "attribute") is { } attribute)
        {
            var otherwise = a.Named.FirstOrDefault(x => x.Key == "default").Value;
            return new ListValue([.. Attributes(value, attribute, context).Select(item => item is UndefinedValue && otherwise is not null ? otherwise : item)]);
        }
        string filter = a.Text(0, "filter").Text;
        var rest = new Arguments(filter, [.. a.Positional.Skip(1)], a.Named);
        return new ListValue([.. Sequences.RequireItems(value).Select(item => Filters.Apply(filter, item, rest, context))]);
    }

    static ListValue Select(Value value, Arguments a, FilterContext context, bool byAttribute, bool keep)
    {
        int skip = byAttribute ? 1 : 0;
        var attribute = byAttribute ? a.Require(0, "attribute") : null;
        string? test = a.Positional.Count > skip ? (a.Positional[skip] as StringValue ?? throw new Fault("the name of a test is no string")).Text : null;
        var rest = new Arguments(test ?? "select", [.. a.Positional.Skip(skip + 1)], a.Named);
        return new ListValue([.. Sequences.RequireItems(value).Where(item =>
        {
            var tested = Attribute(item, attribute, context);
            return (test is null ? tested.IsTrue : Tests.Apply(test, tested, rest, context.Budget)) == keep;
        })]);
    }
}
