using System.Runtime.CompilerServices;

namespace Roast.Text.Templates;

/// <summary>Computes expressions with Python's meaning, or refuses: no value is ever guessed.</summary>
internal readonly struct ExpressionEvaluator(Scope scope, FilterContext context)
{
    internal Value Evaluate(Expression expression)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        context.Budget.Spend(Budget.Part);
        return expression switch
        {
            Literal literal => literal.Value,
            Name name => scope.Get(name.Id),
            Attribute attribute => context.Members.Attribute(Evaluate(attribute.Target), attribute.Member),
            Subscript subscript => context.Members.Item(Evaluate(subscript.Target), Evaluate(subscript.Index)),
            Binary { Operator: "and" } both => Evaluate(both.Left) is { IsTrue: false } left ? left : Evaluate(both.Right),
            Binary { Operator: "or" } either => Evaluate(either.Left) is { IsTrue: true } left ? left : Evaluate(either.Right),
            Binary binary => Compute(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
            Comparison comparison => BoolValue.Of(Holds(comparison)),
            Unary unary => Compute(unary.Operator, Evaluate(unary.Operand)),
            Conditional choice => Evaluate(choice.Condition).IsTrue ? Evaluate(choice.Then) : choice.Else is { } other ? Evaluate(other) : new UndefinedValue("the value of an 'if' without 'else'"),
            Filtered filtered => Filter(filtered, Evaluate(filtered.Input!)),
            Tested tested => BoolValue.Of(Tests.Apply(tested.Test, Evaluate(tested.Input), Arguments(tested.Test, tested.Arguments), context.Budget)),
            Call call => Invoke(Evaluate(call.Target), Arguments(NameOf(call.Target), call.Arguments)),
            ListLiteral list => new ListValue(EvaluateAll(list.Items), list.IsTuple),
            DictLiteral dict => Dictionary(dict),
            SliceOf slice => Slice(slice),
            _ => throw new InvalidOperationException($"No way to evaluate {expression.GetType().Name}."),
        };
    }

    /// <summary>Filters of a block, innermost first, on its text.</summary>
    internal Value FilterText(Filtered filters, StringValue text) => Filter(filters, filters.Input is Filtered inner ? FilterText(inner, text) : text);

    internal Arguments Arguments(string owner, CallArguments arguments)
    {
        var named = new KeyValuePair<string, Value>[arguments.Named.Count];
        for (int i = 0; i < named.Length; i++) named[i] = new(arguments.Named[i].Name, Evaluate(arguments.Named[i].Value));
        return new Arguments(owner, EvaluateAll(arguments.Positional), named);
    }

    internal Value Invoke(Value target, Arguments arguments)
    {
        context.Budget.Spend(Budget.Step);
        var result = target switch
        {
            FunctionValue function => function.Call(arguments),
            LoopValue loop => loop.Call(arguments),
            UndefinedValue undefined => throw new Fault($"it calls '{undefined.Name}', which is not defined"),
            _ => throw new Fault($"it calls {target.Kind}"),
        };
        context.Budget.Spend(result);                       // what is made costs as what is read
        return result;
    }

    internal static string NameOf(Expression target) => target switch { Name name => name.Id, Attribute attribute => attribute.Member, _ => "a value" };

    Value[] EvaluateAll(IReadOnlyList<Expression> items)
    {
        var values = new Value[items.Count];
        for (int i = 0; i < values.Length; i++) values[i] = Evaluate(items[i]);
        return values;
    }

    DictValue Dictionary(DictLiteral dict)
    {
        var items = new List<KeyValuePair<Value, Value>>();
        foreach (var (key, value) in dict.Items)
        {
            items.Add(new(Evaluate(key), Evaluate(value)));
            context.Budget.SpendAll(items[^1].Key);
        }
        return new DictValue(items);
    }

    Value Slice(SliceOf slice)
    {
        var target = Evaluate(slice.Target);
        context.Budget.Spend(target);
        return target is UndefinedValue undefined ? throw new Fault($"'{undefined.Name}' is not defined, so it has no part") : Sequences.Slice(target, Bound(slice.Start), Bound(slice.Stop), Bound(slice.Step));
    }

    int? Bound(Expression? expression) => (expression is null ? NoneValue.Instance : Evaluate(expression)) switch
    {
        NoneValue => null,
        var value when Arithmetic.Integer(value) is { } number => Roast.Text.Templates.Arguments.Clamp(number),
        var value => throw new Fault($"a bound of a slice is {value.Kind}"),
    };

    static Value Compute(string sign, Value value) => sign switch
    {
        "not" => BoolValue.Of(!value.IsTrue),
        "-" => Arithmetic.Negate(value),
        _ => Arithmetic.Number(value) is not null ? value is BoolValue ? new IntegerValue(value.IsTrue ? 1 : 0) : value : throw new Fault($"'+' stands before {value.Kind}"),
    };

    Value Compute(string sign, Value left, Value right)
    {
        context.Budget.Spend(left);
        context.Budget.Spend(right);
        switch (sign, left, right)
        {
            case ("+", StringValue a, StringValue b): return a.Append(b);
            case ("~", _, _): return Printing.Print(left, context.Budget).Append(Printing.Print(right, context.Budget));
            case ("+", ListValue a, ListValue b) when a.IsTuple == b.IsTuple: return new ListValue([.. a.Items, .. b.Items], a.IsTuple);
            case ("%", StringValue format, _): return Formatting.Percent(format, right, context.Budget);
            case ("*", StringValue or ListValue, _) when Arithmetic.Integer(right) is { } count: return Repeat(left, count);
            case ("*", _, StringValue or ListValue) when Arithmetic.Integer(left) is { } count: return Repeat(right, count);
            default: return Arithmetic.Compute(sign, left, right) ?? throw new Fault($"'{sign}' stands between {left.Kind} and {right.Kind}");
        }
    }

    Value Repeat(Value value, System.Numerics.BigInteger count)
    {
        int length = value is StringValue text ? text.Text.Length : ((ListValue)value).Items.Count;
        long total = (long)length * Math.Max(0, Roast.Text.Templates.Arguments.Clamp(count));
        context.Budget.Spend(total);
        if (total > (value is StringValue ? StringValue.MaxLength : ListValue.MaxItems)) throw new Fault("it repeats something too often");
        int times = length == 0 ? 0 : (int)(total / length);
        return value is ListValue list
            ? new ListValue([.. Enumerable.Repeat(list.Items, times).SelectMany(items => items)], list.IsTuple)
            : StringValue.Join(StringValue.Empty, [.. Enumerable.Repeat((StringValue)value, times)]);
    }

    bool Holds(Comparison comparison)
    {
        var left = Evaluate(comparison.First);
        foreach (var (sign, operand) in comparison.Rest)
        {
            var right = Evaluate(operand);
            if (sign is "in" or "not in") context.Budget.SpendSearch(right, left);
            else context.Budget.SpendBoth(left, right);
            bool holds = sign switch
            {
                "==" => Comparing.AreEqual(left, right),
                "!=" => !Comparing.AreEqual(left, right),
                "in" => Comparing.Contains(right, left),
                "not in" => !Comparing.Contains(right, left),
                _ => Comparing.IsOrdered(sign, left, right),
            };
            if (!holds) return false;
            left = right;
        }
        return true;
    }

    Value Filter(Filtered filtered, Value value) => Filters.Apply(filtered.Filter, value, Arguments(filtered.Filter, filtered.Arguments), context);
}
