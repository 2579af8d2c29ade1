using System.Runtime.CompilerServices;

namespace Roast.Text.Templates;

/// <summary>Python's comparisons.</summary>
internal static class Comparing
{
    internal static bool AreEqual(Value left, Value right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (left, right)
        {
            case (StringValue a, StringValue b): return a.Text == b.Text;
            case (NoneValue, NoneValue) or (UndefinedValue, UndefinedValue): return true;
            case (ListValue a, ListValue b):
                if (a.IsTuple != b.IsTuple || a.Items.Count != b.Items.Count) return false;
                for (int i = 0; i < a.Items.Count; i++)
                    if (!AreEqual(a.Items[i], b.Items[i])) return false;
                return true;
            case (DictValue a, DictValue b):
                return a.Items.Count == b.Items.Count && a.Items.All(item => b.Get(item.Key) is { } other && AreEqual(item.Value, other));
            default: return ReferenceEquals(left, right) || Arithmetic.Compare(left, right) == 0;        // True == 1 == 1.0
        }
    }

    internal static bool Contains(Value container, Value item) => container switch
    {
        StringValue text when item is StringValue part => text.Text.Contains(part.Text, StringComparison.Ordinal),
        DictValue dict => dict.Get(item) is not null,
        ListValue list => list.Items.Any(candidate => AreEqual(candidate, item)),
        UndefinedValue => false,
        _ => throw new Fault($"'in' looks for {item.Kind} in {container.Kind}"),
    };

    internal static bool IsOrdered(string sign, Value left, Value right)
    {
        if (Order(left, right) is not { } order) return Unordered(sign, left, right);
        return sign switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    /// <summary>Below zero where <paramref name="left"/> comes first; <c>null</c> where Python would not say.</summary>
    internal static int? Order(Value left, Value right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (left, right)
        {
            case (StringValue a, StringValue b): return CompareCodePoints(a.Text, b.Text);
            case (ListValue a, ListValue b) when a.IsTuple == b.IsTuple:
                for (int i = 0; i < Math.Min(a.Items.Count, b.Items.Count); i++)
                    if (!AreEqual(a.Items[i], b.Items[i])) return Order(a.Items[i], b.Items[i]);
                return a.Items.Count.CompareTo(b.Items.Count);
            default: return Arithmetic.Compare(left, right);
        }
    }

    static bool Unordered(string sign, Value left, Value right) => Arithmetic.Number(left) is not null && Arithmetic.Number(right) is not null
        ? false                                             // one is NaN
        : throw new Fault($"'{sign}' compares {left.Kind} with {right.Kind}");

    /// <summary>By code point, as in Python; UTF-16 units sort characters beyond U+FFFF before some below.</summary>
    static int CompareCodePoints(string left, string right)
    {
        int i = left.AsSpan().CommonPrefixLength(right);
        if (i == left.Length || i == right.Length) return left.Length.CompareTo(right.Length);
        (char a, char b) = (left[i], right[i]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
    }
}
