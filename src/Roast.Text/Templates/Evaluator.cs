using System.Text;

namespace Roast.Text.Templates;

/// <summary>Runs a template's statements and collects what they write.</summary>
internal sealed class Evaluator
{
    enum Flow { Next, Break, Continue }

    readonly string _file;
    readonly Budget _budget = new();
    readonly FilterContext _context;
    Writer _writer = new();

    Evaluator(string file) => (_file, _context) = (file, new FilterContext(new Members(_budget), _budget));

    /// <summary>What a template writes for these variables, with the parts that came from outside.</summary>
    /// <param name="template">Its statements.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="variables">What it may read beside Jinja's functions.</param>
    /// <param name="now">The clock of <c>strftime_now</c>.</param>
    internal static StringValue Run(IReadOnlyList<Statement> template, string file, IReadOnlyDictionary<string, Value> variables, Func<DateTime> now)
    {
        var scope = new Scope(null);
        var evaluator = new Evaluator(file);
        Globals.AddTo(scope, now, evaluator._budget);
        foreach (var (name, value) in variables) scope.Set(name, value);
        evaluator.Run(template, scope);
        return evaluator._writer.ToValue();
    }

    Flow Run(IReadOnlyList<Statement> statements, Scope scope)
    {
        foreach (var statement in statements)
        {
            Flow flow;
            try
            {
                _budget.Spend(Budget.Step);
                flow = Run(statement, scope);
            }
            catch (Fault fault) { throw Throw.TemplateFailed(_file, statement.Line, fault); }
            catch (InsufficientExecutionStackException) { throw Throw.TemplateFailed(_file, statement.Line, new Fault("something is nested too deeply")); }
            if (flow != Flow.Next) return flow;
        }
        return Flow.Next;
    }

    Flow Run(Statement statement, Scope scope)
    {
        switch (statement)
        {
            case TextStatement text: _writer.Write(text.Text); break;
            case Output output: _writer.Write(Printing.Print(Evaluate(output.Value, scope), _budget), _budget); break;
            case Set set: Assign(set.Target, Evaluate(set.Value, scope), scope); break;
            case If choice: return Run(choice, scope);
            case For loop: Run(loop, Evaluate(loop.Sequence, scope), scope, depth: 1); break;
            case Jump jump: return jump.Breaks ? Flow.Break : Flow.Continue;
            case With with: return Run(with, scope);
            case SetBlock set:
                var block = Capture(set.Body, new Scope(scope));
                Assign(set.Target, set.Filters is null ? block : new ExpressionEvaluator(scope, _context).FilterText(set.Filters, block), scope);
                break;
            case FilterBlock filter: _writer.Write(Printing.Print(new ExpressionEvaluator(scope, _context).FilterText(filter.Filters, Capture(filter.Body, new Scope(scope))), _budget), _budget); break;
            case Macro macro: scope.Set(macro.Name, Function(macro.Name, macro.Parameters, macro.Body, scope)); break;
            case CallBlock call: Run(call, scope); break;
            default: throw new InvalidOperationException($"No way to run {statement.GetType().Name}.");
        }
        return Flow.Next;
    }

    Flow Run(If choice, Scope scope)
    {
        foreach (var (condition, body) in choice.Branches)
            if (condition is null || Evaluate(condition, scope).IsTrue) return Run(body, scope);
        return Flow.Next;
    }

    Flow Run(With with, Scope scope)
    {
        var inner = new Scope(scope);
        foreach (var (target, value) in with.Values) Assign(target, Evaluate(value, scope), inner);
        return Run(with.Body, inner);
    }

    void Run(For loop, Value sequence, Scope scope, int depth)
    {
        var items = Sequences.RequireItems(sequence);
        if (loop.Condition is { } condition) items = [.. items.Where(item => IsWanted(loop.Target, condition, item, scope))];
        var state = new LoopValue(items, depth, _budget, loop.IsRecursive ? inner => _budget.Nested(() => Capture(() => Run(loop, inner, scope, depth + 1))) : null);
        bool ranThrough = false;                            // as in Jinja, a turn that is left early does not count
        for (; state.Index < items.Count; state.Index++)
        {
            _budget.Spend(Budget.Step);
            var turn = new Scope(scope);
            turn.Set("loop", state);
            Assign(loop.Target, items[state.Index], turn);
            var flow = Run(loop.Body, turn);
            if (flow == Flow.Break) break;
            ranThrough |= flow == Flow.Next;
        }
        if (!ranThrough) Run(loop.Otherwise, new Scope(scope));
    }

    bool IsWanted(AssignmentTarget target, Expression condition, Value item, Scope scope)
    {
        _budget.Spend(Budget.Step);
        var inner = new Scope(scope);
        Assign(target, item, inner);
        return Evaluate(condition, inner).IsTrue;
    }

    void Run(CallBlock block, Scope scope)
    {
        var evaluator = new ExpressionEvaluator(scope, _context);
        var arguments = evaluator.Arguments(ExpressionEvaluator.NameOf(block.Call.Target), block.Call.Arguments);
        var caller = new KeyValuePair<string, Value>("caller", Function("caller", block.Parameters, block.Body, scope));
        var called = evaluator.Invoke(evaluator.Evaluate(block.Call.Target), new Arguments(ExpressionEvaluator.NameOf(block.Call.Target), arguments.Positional, [.. arguments.Named, caller]));
        _writer.Write(Printing.Print(called, _budget), _budget);
    }

    /// <summary>A macro sees the variables of the place where it stands, not of the place where it is called.</summary>
    FunctionValue Function(string name, Parameters parameters, IReadOnlyList<Statement> body, Scope outer) => new(name, given => _budget.Nested(() =>
    {
        var scope = new Scope(outer);
        if (given.Positional.Count > parameters.Items.Count) throw new Fault($"the macro '{name}' is called with {given.Positional.Count} arguments, and it takes {parameters.Items.Count}");
        foreach (var (argument, value) in given.Named)
        {
            if (argument != "caller" && !parameters.Items.Any(parameter => parameter.Name == argument)) throw new Fault($"the macro '{name}' has no argument '{argument}'");
            scope.Set(argument, value);
        }
        for (int i = 0; i < parameters.Items.Count; i++)
        {
            var (parameter, otherwise) = parameters.Items[i];
            scope.Set(parameter, given.Get(i, parameter) ?? (otherwise is null ? new UndefinedValue(parameter) : Evaluate(otherwise, scope)));
        }
        return Capture(body, scope);
    }));

    StringValue Capture(IReadOnlyList<Statement> body, Scope scope) => Capture(() => Run(body, scope));

    StringValue Capture(Action run)
    {
        var outer = _writer;
        _writer = new Writer();
        run();
        var text = _writer.ToValue();
        _writer = outer;
        return text;
    }

    static void Assign(AssignmentTarget target, Value value, Scope scope)
    {
        if (target.Member is { } member)
        {
            if (scope.Get(target.Names[0]) is not NamespaceValue space) throw new Fault($"it sets '{target.Names[0]}.{member}', and only members of a namespace can be set");
            if (member.StartsWith('_')) throw new Fault($"it sets '{member}' of a namespace, and names there do not begin with an underscore");
            space.Members[member] = value;
            return;
        }
        if (!target.IsTuple) { scope.Set(target.Names[0], value); return; }
        var items = Sequences.RequireItems(value);
        if (items.Count != target.Names.Count) throw new Fault($"it gives {items.Count} values to {target.Names.Count} variables");
        for (int i = 0; i < items.Count; i++) scope.Set(target.Names[i], items[i]);
    }

    Value Evaluate(Expression expression, Scope scope) => new ExpressionEvaluator(scope, _context).Evaluate(expression);

    /// <summary>Text that is written, with the parts that came from outside.</summary>
    sealed class Writer
    {
        readonly StringBuilder _text = new();
        readonly List<Segment> _foreign = [];

        internal void Write(string text)
        {
            if ((long)_text.Length + text.Length > StringValue.MaxLength) throw new Fault($"the text grows beyond {StringValue.MaxLength:N0} characters");
            _text.Append(text);
        }

        internal void Write(StringValue text, Budget budget)
        {
            budget.Spend(text);
            StringValue.Add(_foreign, text.Foreign, _text.Length);
            Write(text.Text);
        }

        internal StringValue ToValue() => new(_text.ToString(), _foreign);
    }
}
