using System.Text;

namespace Roast.Text.Templates;

/// <summary>Runs a template's statements and collects what they write.</summary>
internal sealed class Evaluator
{
    /// <summary>Longest text that a template may write, in UTF-16 units. No model reads as much.</summary>
    internal const int MaxLength = 64 * 1024 * 1024;

    readonly string _file;
    readonly StringBuilder _text = new();
    readonly List<Segment> _foreign = [];
    readonly Budget _budget;

    Evaluator(string file) => (_file, _budget) = (file, new Budget(file));

    /// <summary>What a template writes for these variables, with the parts that came from outside.</summary>
    internal static StringValue Run(IReadOnlyList<Statement> template, string file, IReadOnlyDictionary<string, Value> variables)
    {
        var scope = new VariableScope(null);
        foreach (var (name, value) in variables) scope.Set(name, value);
        var evaluator = new Evaluator(file);
        evaluator.Run(template, scope);
        return new StringValue(evaluator._text.ToString(), evaluator._foreign);
    }

    void Run(IReadOnlyList<Statement> statements, VariableScope scope)
    {
        foreach (var statement in statements)
        {
            _budget.Spend(Budget.Statement, statement.Line);
            switch (statement)
            {
                case TextStatement text: _text.Append(text.Text); break;
                case Output output: Write(Evaluate(output.Value, scope), output.Line); break;
                case Set set: scope.Set(set.Variable, Evaluate(set.Value, scope)); break;
                case If choice: Run(choice, scope); break;
                case For loop: Run(loop, scope); break;
                default: throw new InvalidOperationException($"No way to run {statement.GetType().Name}.");
            }
        }
    }

    void Run(If choice, VariableScope scope)
    {
        foreach (var (condition, body) in choice.Branches)
        {
            if (condition is not null && !Evaluate(condition, scope).IsTrue) continue;
            Run(body, scope);
            return;
        }
    }

    void Run(For loop, VariableScope scope)
    {
        var items = Evaluate(loop.Sequence, scope) switch
        {
            ListValue list => list.Items,
            UndefinedValue => [],
            var other => throw Throw.TemplateFailed(_file, loop.Line, $"it loops over {other.Kind}, and a list was expected"),
        };
        for (int i = 0; i < items.Count; i++)
        {
            var turn = new VariableScope(scope);
            turn.Set("loop", LoopState(i, items.Count));
            turn.Set(loop.Variable, items[i]);
            Run(loop.Body, turn);
        }
        if (items.Count == 0) Run(loop.Otherwise, new VariableScope(scope));
    }

    static DictValue LoopState(int i, int count) => new(new Dictionary<string, Value>
    {
        ["first"] = BoolValue.Of(i == 0),
        ["last"] = BoolValue.Of(i == count - 1),
        ["index"] = new IntegerValue(i + 1),
        ["index0"] = new IntegerValue(i),
        ["revindex"] = new IntegerValue(count - i),
        ["revindex0"] = new IntegerValue(count - i - 1),
        ["length"] = new IntegerValue(count),
    });

    Value Evaluate(Expression expression, VariableScope scope) => new ExpressionEvaluator(_file, scope, _budget).Evaluate(expression);

    void Write(Value value, int line)
    {
        var text = Printing.Print(value) ?? throw Throw.TemplateFailed(_file, line, $"it prints {value.Kind}");
        if (_text.Length + text.Text.Length > MaxLength) throw Throw.TemplateFailed(_file, line, $"the text grows beyond {MaxLength:N0} characters");
        StringValue.Add(_foreign, text.Foreign, _text.Length);
        _text.Append(text.Text);
    }
}
