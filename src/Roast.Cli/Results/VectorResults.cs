namespace Roast.Cli.Results;

internal sealed record CombineResult(string Operation, string[] Inputs, string Output, PointResult[] Points, string Combined);

/// <param name="Point">The point; <c>all</c>: every point laid end to end.</param>
/// <param name="Cosines">A row and a column per input; null where a vector is zero.</param>
internal sealed record CosinesAt(string Point, double?[][] Cosines);

internal sealed record CosineResult(string[] Inputs, CosinesAt Overall, CosinesAt[] Points)
{
    public static CosineResult Of(CosineTable x, string[] inputs) => new(inputs, At("all", x.Overall), [.. x.Points.Select(point => At(point.ToString(), x.At(point)))]);

    static CosinesAt At(string point, double[,] cosines) => new(point, [.. Enumerable.Range(0, cosines.GetLength(0))
        .Select(a => Enumerable.Range(0, cosines.GetLength(1)).Select(b => double.IsNaN(cosines[a, b]) ? (double?)null : cosines[a, b]).ToArray())]);
}
