namespace Roast.Text.Templates;

/// <summary>Something in a template that has a value; <paramref name="Line"/> counts from 1.</summary>
internal abstract record Expression(int Line);

/// <summary>A string, number, truth value or none, as written.</summary>
internal sealed record Literal(Value Value, int Line) : Expression(Line);

/// <summary>A list or tuple, as written.</summary>
internal sealed record ListLiteral(IReadOnlyList<Expression> Items, bool IsTuple, int Line) : Expression(Line);

/// <summary>A mapping, as written.</summary>
internal sealed record DictLiteral(IReadOnlyList<(Expression Key, Expression Value)> Items, int Line) : Expression(Line);

/// <summary>A variable.</summary>
internal sealed record Name(string Id, int Line) : Expression(Line);

/// <summary><c>target.name</c>.</summary>
internal sealed record Attribute(Expression Target, string Member, int Line) : Expression(Line);

/// <summary><c>target[index]</c>.</summary>
internal sealed record Subscript(Expression Target, Expression Index, int Line) : Expression(Line);

/// <summary><c>target[start:stop:step]</c>.</summary>
internal sealed record SliceOf(Expression Target, Expression? Start, Expression? Stop, Expression? Step, int Line) : Expression(Line);

/// <summary><c>not x</c>, <c>-x</c> and <c>+x</c>.</summary>
internal sealed record Unary(string Operator, Expression Operand, int Line) : Expression(Line);

/// <summary>Arithmetic, <c>~</c>, <c>and</c>, <c>or</c>.</summary>
internal sealed record Binary(string Operator, Expression Left, Expression Right, int Line) : Expression(Line);

/// <summary><c>a == b</c>, and chains: <c>a &lt; b &lt; c</c> holds where each neighbour holds.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<(string Operator, Expression Operand)> Rest, int Line) : Expression(Line);

/// <summary><c>x if condition else y</c>.</summary>
internal sealed record Conditional(Expression Condition, Expression Then, Expression? Else, int Line) : Expression(Line);

/// <summary>What stands between the brackets of a call.</summary>
internal sealed record CallArguments(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    internal static CallArguments None { get; } = new([], []);
}

/// <summary><c>target(arguments)</c>.</summary>
internal sealed record Call(Expression Target, CallArguments Arguments, int Line) : Expression(Line);

/// <summary><c>x | filter(arguments)</c>; without an input it stands for the text of a block.</summary>
internal sealed record Filtered(Expression? Input, string Filter, CallArguments Arguments, int Line) : Expression(Line);

/// <summary><c>x is test(arguments)</c>.</summary>
internal sealed record Tested(Expression Input, string Test, CallArguments Arguments, int Line) : Expression(Line);

/// <summary>Something in a template that writes or decides.</summary>
internal abstract record Statement(int Line);

/// <summary>Text that is written as it stands.</summary>
internal sealed record TextStatement(string Text, int Line) : Statement(Line);

/// <summary><c>{{ value }}</c>.</summary>
internal sealed record Output(Expression Value, int Line) : Statement(Line);

/// <summary>What a value is given to: one variable, several, or a member of a namespace.</summary>
internal sealed record AssignmentTarget(IReadOnlyList<string> Names, bool IsTuple, string? Member);

/// <summary><c>{% set target = value %}</c>.</summary>
internal sealed record Set(AssignmentTarget Target, Expression Value, int Line) : Statement(Line);

/// <summary><c>{% set name | filters %}body{% endset %}</c>.</summary>
internal sealed record SetBlock(AssignmentTarget Target, Filtered? Filters, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>{% filter filters %}body{% endfilter %}</c>.</summary>
internal sealed record FilterBlock(Filtered Filters, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>{% with a = 1 %}</c>, and blocks that only have a scope: <c>{% generation %}</c>.</summary>
internal sealed record With(IReadOnlyList<(AssignmentTarget Target, Expression Value)> Values, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>{% if %}</c> and each <c>{% elif %}</c>; <c>{% else %}</c> has no condition.</summary>
internal sealed record If(IReadOnlyList<(Expression? Condition, IReadOnlyList<Statement> Body)> Branches, int Line) : Statement(Line);

/// <summary><c>{% for target in sequence if condition recursive %}</c>, with what is written where nothing is left to go through.</summary>
internal sealed record For(AssignmentTarget Target, Expression Sequence, Expression? Condition, bool IsRecursive, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise, int Line) : Statement(Line);

/// <summary><c>{% break %}</c> or <c>{% continue %}</c>.</summary>
internal sealed record Jump(bool Breaks, int Line) : Statement(Line);

/// <summary>The names and defaults of a macro.</summary>
internal sealed record Parameters(IReadOnlyList<(string Name, Expression? Default)> Items);

/// <summary><c>{% macro name(parameters) %}</c>.</summary>
internal sealed record Macro(string Name, Parameters Parameters, IReadOnlyList<Statement> Body, int Line) : Statement(Line);

/// <summary><c>{% call(parameters) macro(arguments) %}</c>: the body is what the macro's <c>caller()</c> gives.</summary>
internal sealed record CallBlock(Call Call, Parameters Parameters, IReadOnlyList<Statement> Body, int Line) : Statement(Line);
