namespace Roast.Text.Templates;

/// <summary>Something in a template that has a value; <paramref name="Line"/> counts from 1.</summary>
internal abstract record Expression(int Line);

/// <summary>A string, integer, truth value or none, as written.</summary>
internal sealed record Literal(Value Value, int Line) : Expression(Line);

/// <summary>A list, as written.</summary>
internal sealed record ListLiteral(IReadOnlyList<Expression> Items, int Line) : Expression(Line);

/// <summary>A variable.</summary>
internal sealed record Name(string Id, int Line) : Expression(Line);

/// <summary><c>target.name</c>.</summary>
internal sealed record Attribute(Expression Target, string Member, int Line) : Expression(Line);

/// <summary><c>target[index]</c>.</summary>
internal sealed record Subscript(Expression Target, Expression Index, int Line) : Expression(Line);

/// <summary><c>not x</c> and <c>-x</c>.</summary>
internal sealed record Unary(string Operator, Expression Operand, int Line) : Expression(Line);

/// <summary>Arithmetic, <c>~</c>, <c>and</c>, <c>or</c>.</summary>
internal sealed record Binary(string Operator, Expression Left, Expression Right, int Line) : Expression(Line);

/// <summary><c>a == b</c>, and chains: <c>a &lt; b &lt; c</c> holds where each neighbour holds.</summary>
internal sealed record Comparison(Expression First, IReadOnlyList<(string Operator, Expression Operand)> Rest, int Line) : Expression(Line);

/// <summary><c>x if condition else y</c>.</summary>
internal sealed record Conditional(Expression Condition, Expression Then, Expression? Else, int Line) : Expression(Line);

/// <summary><c>x | filter</c>.</summary>
internal sealed record Filtered(Expression Input, string Filter, int Line) : Expression(Line);

/// <summary><c>x is test</c>.</summary>
internal sealed record Tested(Expression Input, string Test, int Line) : Expression(Line);

/// <summary><c>raise_exception(message)</c>.</summary>
internal sealed record Raise(Expression Message, int Line) : Expression(Line);

/// <summary>Something in a template that writes or decides.</summary>
internal abstract record Statement(int Line);

/// <summary>Text that is written as it stands.</summary>
internal sealed record TextStatement(string Text, int Line) : Statement(Line);

/// <summary><c>{{ value }}</c>.</summary>
internal sealed record Output(Expression Value, int Line) : Statement(Line);

/// <summary><c>{% set name = value %}</c>.</summary>
internal sealed record Set(string Variable, Expression Value, int Line) : Statement(Line);

/// <summary><c>{% if %}</c> and each <c>{% elif %}</c>; <c>{% else %}</c> has no condition.</summary>
internal sealed record If(IReadOnlyList<(Expression? Condition, IReadOnlyList<Statement> Body)> Branches, int Line) : Statement(Line);

/// <summary><c>{% for variable in sequence %}</c>, with what is written where the sequence is empty.</summary>
internal sealed record For(string Variable, Expression Sequence, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Otherwise, int Line) : Statement(Line);
