namespace Roast.Benchmarks.Ratios;

/// <summary>Managed bytes per generated token. Counted, not timed: the same on every machine up to the runtime's version.</summary>
internal static class Allocation
{
    const int Rows = 16, Fewer = 32, More = 160;

    public static IEnumerable<Line> Lines(Scene scene, int trials)
    {
        const string What = "Managed memory, 16 rows";
        for (int i = 0; i < 3; i++) (_, _) = (Bytes(scene, Fewer), Bytes(scene, More));          // sessions are made, methods compiled
        double[] whole = new double[trials], further = new double[trials];
        for (int trial = 0; trial < trials; trial++)
        {
            long few = Bytes(scene, Fewer), many = Bytes(scene, More);
            (whole[trial], further[trial]) = (many / (double)(Rows * More), (many - few) / (double)(Rows * (More - Fewer)));
        }
        const string Unit = "bytes/token", Goal = "<= 1,024";
        yield return new Line(What, $"a call of {More} tokens, buffers and bindings included", null, Unit, Spread.Of(whole), null, null, Goal);
        yield return new Line(What, $"each token from {Fewer} to {More}", null, Unit, Spread.Of(further), null, null, Goal);
    }

    static long Bytes(Scene scene, int tokens)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        scene.Decode(Rows, tokens, Ports.PerRow);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
