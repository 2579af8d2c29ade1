namespace Roast.Text.Templates;

/// <summary>
/// What stands behind a dot or in brackets. As in Python an attribute comes before a key (<c>message.items</c> is the method), and
/// as in Jinja what is not there is undefined. Names with an underscore and methods that change a value are out of reach, as in its sandbox.
/// </summary>
internal sealed class Members(Budget budget)
{
    internal Value Attribute(Value target, string name) => target is UndefinedValue ? throw NotDefined(target, name) : Method(target, name) ?? Key(target, new StringValue(name)) ?? new UndefinedValue(name);

    internal Value Item(Value target, Value index)
    {
        if (target is UndefinedValue) throw NotDefined(target, Printing.Print(index, budget).Text);
        budget.SpendAll(index);                             // a tuple may be a key
        return Key(target, index) ?? Sequences.At(target, index) ?? (index is StringValue name ? Method(target, name.Text) : null) ?? new UndefinedValue(index is StringValue text ? text.Text : $"element {Printing.Print(index, budget).Text}");
    }

    static Fault NotDefined(Value target, string name) => new($"'{((UndefinedValue)target).Name}' is not defined, so it has no '{name}'");

    static Value? Key(Value target, Value key) => target switch
    {
        DictValue dict when key is not (ListValue { IsTuple: false } or DictValue) => dict.Get(key),
        NamespaceValue space when key is StringValue name => space.Members.GetValueOrDefault(name.Text),
        _ => null,
    };

    Value? Method(Value target, string name) => name.StartsWith('_') ? null : target switch
    {
        StringValue text => StringMethods.Find(text, name, budget),
        DictValue dict => DictMethod(dict, name),
        ListValue list => ListMethod(list, name),
        LoopValue loop => loop.Member(name),
        _ => null,
    };

    Value? DictMethod(DictValue dict, string name) => name switch
    {
        "items" => new FunctionValue(name, _ => Pairs(dict)),
        "keys" => new FunctionValue(name, _ => new ListValue([.. dict.Items.Select(item => item.Key)])),
        "values" => new FunctionValue(name, _ => new ListValue([.. dict.Items.Select(item => item.Value)])),
        "get" => new FunctionValue(name, a => dict.Get(Paid(a.Accept("key", "default").Require(0, "key"))) ?? a.Get(1, "default") ?? NoneValue.Instance),
        "copy" => new FunctionValue(name, _ => dict),
        "clear" or "pop" or "popitem" or "setdefault" or "update" => new UndefinedValue(name),
        _ => null,
    };

    Value? ListMethod(ListValue list, string name) => name switch
    {
        "index" => new FunctionValue(name, a => new IntegerValue(Sought(list, a).FindIndex(equal => equal) is var at and >= 0 ? at : throw new Fault("a list does not hold what its index is asked for"))),
        "count" => new FunctionValue(name, a => new IntegerValue(Sought(list, a).Count(equal => equal))),
        "copy" when !list.IsTuple => new FunctionValue(name, _ => list),
        _ => null,
    };

    /// <summary>For each element whether it is the one that a method asks for.</summary>
    List<bool> Sought(ListValue list, Arguments a)
    {
        var item = a.Accept("value").Require(0, "value");
        budget.SpendSearch(list, item);
        return [.. list.Items.Select(candidate => Comparing.AreEqual(candidate, item))];
    }

    Value Paid(Value key)
    {
        budget.SpendAll(key);
        return key;
    }

    /// <summary>Keys with their values, as tuples.</summary>
    internal static ListValue Pairs(DictValue dict) => new([.. dict.Items.Select(item => new ListValue([item.Key, item.Value], isTuple: true))]);
}
