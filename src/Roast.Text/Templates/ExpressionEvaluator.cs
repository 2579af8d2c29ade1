namespace Roast.Text.Templates;

/// <summary>Computes expressions with Python's meaning, or refuses: no value is ever guessed.</summary>
internal readonly struct ExpressionEvaluator(string file, VariableScope scope, Budget budget)
{
    /// <summary>Longest string that joining may make, in UTF-16 units.</summary>
    const int MaxStringLength = Evaluator.MaxLength;

    internal Value Evaluate(Expression expression) => expression switch
    {
        Literal literal => literal.Value,
        ListLiteral list => new ListValue([.. list.Items.Select(Evaluate)]),
        Name name => scope.Get(name.Id),
        Attribute attribute => Member(Evaluate(attribute.Target), attribute.Member, attribute.Line),
        Subscript subscript => Item(Evaluate(subscript.Target), Evaluate(subscript.Index), subscript.Line),
        Unary { Operator: "not" } negation => BoolValue.Of(!Evaluate(negation.Operand).IsTrue),
        Unary minus => Evaluate(minus.Operand) is IntegerValue integer ? new IntegerValue(-integer.Number) : throw Fail(minus.Line, "it negates something that is no number"),
        Binary { Operator: "and" } both => Evaluate(both.Left) is { IsTrue: false } left ? left : Evaluate(both.Right),
        Binary { Operator: "or" } either => Evaluate(either.Left) is { IsTrue: true } left ? left : Evaluate(either.Right),
        Binary binary => Compute(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right), binary.Line),
        Comparison comparison => BoolValue.Of(Holds(comparison)),
        Conditional choice => Evaluate(choice.Condition).IsTrue ? Evaluate(choice.Then) : choice.Else is { } other ? Evaluate(other) : new UndefinedValue("the value of an 'if' without 'else'"),
        Filtered filtered => Filter(filtered.Filter, Evaluate(filtered.Input), filtered.Line),
        Tested tested => BoolValue.Of(Tests.Apply(tested.Test, Evaluate(tested.Input))),
        Raise raise => throw Fail(raise.Line, Printing.Print(Evaluate(raise.Message))?.Text ?? "it gives no reason"),
        _ => throw new InvalidOperationException($"No way to evaluate {expression.GetType().Name}."),
    };

    Value Member(Value target, string name, int line) => target switch
    {
        // In Python a mapping has methods, and they come before its keys: message.items is not what it seems.
        DictValue when name is "clear" or "copy" or "fromkeys" or "get" or "items" or "keys" or "pop" or "popitem" or "setdefault" or "update" or "values" =>
            throw Throw.UnsupportedTemplate(file, line, $"the member '{name}' of a mapping"),
        DictValue dict => dict.Members.TryGetValue(name, out var value) ? value : new UndefinedValue(name),
        UndefinedValue undefined => throw Fail(line, $"'{undefined.Name}' is not defined, so it has no '{name}'"),
        _ => throw Throw.UnsupportedTemplate(file, line, $"the member '{name}' of {target.Kind}"),
    };

    Value Item(Value target, Value index, int line) => (target, index) switch
    {
        (DictValue dict, StringValue key) => dict.Members.TryGetValue(key.Text, out var value) ? value : new UndefinedValue(key.Text),
        (ListValue list, IntegerValue at) => Position(at.Number, list.Items.Count) is { } position ? list.Items[position] : new UndefinedValue($"element {at.Number}"),
        (UndefinedValue undefined, _) => throw Fail(line, $"'{undefined.Name}' is not defined, so it has no elements"),
        _ => throw Throw.UnsupportedTemplate(file, line, $"{index.Kind} as an index into {target.Kind}"),
    };

    /// <summary>Negative positions count from the end.</summary>
    static int? Position(long index, int count)
    {
        long position = index < 0 ? index + count : index;
        return position >= 0 && position < count ? (int)position : null;
    }

    Value Compute(string sign, Value left, Value right, int line)
    {
        budget.Spend(left, line);
        budget.Spend(right, line);
        switch (sign, left, right)
        {
            case ("+", StringValue a, StringValue b): return Join(a, b, line);
            case ("~", _, _) when Printing.Print(left) is { } a && Printing.Print(right) is { } b: return Join(a, b, line);
            case ("+", ListValue a, ListValue b): return new ListValue([.. a.Items, .. b.Items]);
            case (_, IntegerValue a, IntegerValue b):
                try { return new IntegerValue(Compute(sign, a.Number, b.Number, line)); }
                catch (OverflowException) { throw Fail(line, $"{a.Number} {sign} {b.Number} does not fit into 64 bits"); }
            default: throw Fail(line, $"'{sign}' stands between {left.Kind} and {right.Kind}");
        }
    }

    long Compute(string sign, long a, long b, int line) => sign switch
    {
        "+" => checked(a + b),
        "-" => checked(a - b),
        "*" => checked(a * b),
        "//" or "%" when b == 0 => throw Fail(line, "it divides by zero"),
        "//" => checked(a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0),              // Python rounds down,
        "%" => b == -1 ? 0 : (a % b + b) % b,                                             // so the remainder has the divisor's sign
        _ => throw Throw.UnsupportedTemplate(file, line, $"'{sign}' between numbers"),
    };

    StringValue Join(StringValue left, StringValue right, int line) => left.Text.Length + right.Text.Length <= MaxStringLength
        ? left.Append(right)
        : throw Fail(line, $"a string grows beyond {MaxStringLength:N0} characters");

    bool Holds(Comparison comparison)
    {
        var left = Evaluate(comparison.First);
        foreach (var (sign, operand) in comparison.Rest)
        {
            var right = Evaluate(operand);
            budget.Spend(left, comparison.Line);
            budget.Spend(right, comparison.Line);
            bool holds = sign switch
            {
                "==" => Comparing.AreEqual(left, right) ?? throw Incomparable(sign, left, right, comparison.Line),
                "!=" => !(Comparing.AreEqual(left, right) ?? throw Incomparable(sign, left, right, comparison.Line)),
                "in" => Comparing.Contains(right, left) ?? throw Incomparable(sign, left, right, comparison.Line),
                "not in" => !(Comparing.Contains(right, left) ?? throw Incomparable(sign, left, right, comparison.Line)),
                _ => Comparing.IsOrdered(sign, left, right) ?? throw Incomparable(sign, left, right, comparison.Line),
            };
            if (!holds) return false;
            left = right;
        }
        return true;
    }

    Value Filter(string name, Value value, int line)
    {
        budget.Spend(value, line);
        return Filters.Apply(name, value) ?? throw Throw.UnsupportedTemplate(file, line, $"the filter '{name}' on {value.Kind}");
    }

    RoastException Incomparable(string sign, Value left, Value right, int line) => Fail(line, $"'{sign}' compares {left.Kind} with {right.Kind}");

    RoastException Fail(int line, string what) => Throw.TemplateFailed(file, line, what);
}
