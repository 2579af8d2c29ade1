namespace Roast;

/// <summary>Which points the result of an operation on several vectors has.</summary>
public enum PointRule
{
    /// <summary><c>equal</c>: all vectors must have the same points. The default: nothing is dropped and nothing is made up.</summary>
    Equal,
    /// <summary><c>intersection</c>: the points that all vectors have; the others are dropped.</summary>
    Intersection,
    /// <summary><c>union</c>: the points that any vector has; where one lacks a point, its direction there is zero.</summary>
    Union,
}

/// <summary>The names of <see cref="PointRule"/>.</summary>
public static class PointRules
{
    /// <summary>The rule's name: <c>equal</c>, <c>intersection</c> or <c>union</c>.</summary>
    public static string Name(this PointRule rule) => rule switch
    {
        PointRule.Equal => "equal",
        PointRule.Intersection => "intersection",
        PointRule.Union => "union",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
    };
}
