namespace Roast.Contrast;

/// <summary>The names of <see cref="Pool"/> in files and on the command line.</summary>
public static class Pools
{
    /// <summary>The pool's name: <c>last</c>, <c>last_content</c>, <c>mean</c> or <c>mean_content</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None of the four.</exception>
    public static string Name(this Pool pool) => pool switch
    {
        Pool.Last => "last",
        Pool.LastContent => "last_content",
        Pool.Mean => "mean",
        Pool.MeanContent => "mean_content",
        _ => throw new ArgumentOutOfRangeException(nameof(pool), pool, "Not a pool."),
    };

    /// <summary>Reads a pool's name; <c>false</c> where it is none of the four.</summary>
    public static bool TryParse(string? name, out Pool pool)
    {
        foreach (var candidate in Enum.GetValues<Pool>())
            if (candidate.Name() == name) { pool = candidate; return true; }
        pool = default;
        return false;
    }
}
