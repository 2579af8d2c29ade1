namespace Roast.Text.Templates;

/// <summary>The functions that Jinja and transformers define.</summary>
internal static class Globals
{
    /// <summary>Longest range, as in Jinja's sandbox.</summary>
    internal const int MaxRange = 100_000;

    /// <summary>Adds them to a scope.</summary>
    /// <param name="scope">Receives the functions.</param>
    /// <param name="now">What <c>strftime_now</c> takes for now, in local time.</param>
    /// <param name="budget">The work that is left.</param>
    internal static void AddTo(Scope scope, Func<DateTime> now, Budget budget)
    {
        Add("range", a => Range(a, budget));
        Add("dict", a => new DictValue(a.Positional.Count == 0 ? a.Named : throw new Fault("'dict' is called with a value, and only names are known")));
        Add("namespace", a => new NamespaceValue(Names(a, budget)));
        Add("joiner", Joiner);
        Add("cycler", Cycler);
        Add("raise_exception", a => throw new Fault(Printing.Print(a.Accept("message").Require(0, "message"), budget).Text, isRaised: true));
        Add("strftime_now", a => new StringValue(StrFTime.Write(now(), a.Accept("format").Text(0, "format").Text)));
        Add("lipsum", _ => throw new Fault("it asks for 'lipsum', which is not known"));

        void Add(string name, Func<Arguments, Value> call) => scope.Set(name, new FunctionValue(name, call));
    }

    static ListValue Range(Arguments a, Budget budget)
    {
        a.Accept("start", "stop", "step");
        (int start, int stop) = a.Positional.Count < 2 ? (0, a.Int(0, "stop", 0)) : (a.Int(0, "start", 0), a.Int(1, "stop", 0));
        int step = a.Int(2, "step", 1);
        if (a.Positional.Count == 0 || step == 0) throw new Fault("'range' is called without an end, or with a step of zero");
        long count = Math.Max(0, step > 0 ? ((long)stop - start + step - 1) / step : ((long)start - stop - step - 1) / -(long)step);
        if (count > MaxRange) throw new Fault($"a range has more than {MaxRange:N0} numbers");
        budget.Spend(count * 40);                           // an object for each
        return new ListValue([.. Enumerable.Range(0, (int)count).Select(i => new IntegerValue(start + (long)i * step))]);
    }

    static Dictionary<string, Value> Names(Arguments a, Budget budget)
    {
        var names = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var value in a.Positional)
            foreach (var (key, item) in value is DictValue dict ? dict.Items : throw new Fault($"'namespace' is called with {value.Kind}")) names[Printing.Print(key, budget).Text] = item;
        foreach (var (name, value) in a.Named) names[name] = value;
        return names;
    }

    /// <summary>Gives nothing at the first call and its separator at each later one.</summary>
    static FunctionValue Joiner(Arguments a)
    {
        var (separator, used) = (a.Accept("sep").Get(0, "sep") ?? new StringValue(", "), false);
        return new FunctionValue("joiner", _ =>
        {
            (bool first, used) = (!used, true);
            return first ? StringValue.Empty : separator;
        });
    }

    static NamespaceValue Cycler(Arguments a)
    {
        int next = 0;
        var items = a.Positional;
        if (items.Count == 0) throw new Fault("'cycler' has nothing to go through");
        return new NamespaceValue(new(StringComparer.Ordinal)
        {
            ["next"] = new FunctionValue("next", _ => items[next++ % items.Count]),
            ["reset"] = new FunctionValue("reset", _ => (Value)new UndefinedValue($"a cycler after {next = 0} turns")),
        });
    }
}
