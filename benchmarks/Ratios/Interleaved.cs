using System.Diagnostics;

namespace Roast.Benchmarks.Ratios;

/// <summary>One piece of work. <paramref name="Run"/> does it once and returns how much it was: tokens, bytes, or 1.</summary>
internal sealed record Side(string Name, Func<double> Run);

/// <summary>What one side gave in one trial.</summary>
internal readonly record struct Trial(double Seconds, double Units, int Runs);

/// <summary>
/// Times several sides in one process so that what the machine does meanwhile falls on all of them: a trial is a row of
/// rounds, in each round every side works for a short slice, and the order turns around from round to round (A B, B A, A B).
/// </summary>
/// <param name="Trials">Rows of rounds.</param>
/// <param name="Seconds">Every side works at least as long in every trial.</param>
/// <param name="CountsProcessor">
/// Seconds are those that processors spent on this process, not those on the wall: on a machine that is shared, and with
/// one thread (a thread that waits for work spins, and that counts).
/// </param>
internal sealed record Interleaved(int Trials, double Seconds, bool CountsProcessor)
{
    /// <summary>Seconds of one slice, or of the longest run where that is longer: long enough that the caches and threads of the side before do not matter, short against the machine's moods.</summary>
    const double Slice = 0.03;

    /// <summary>Seconds of warm-up per side: tiered compilation is done by then.</summary>
    const double WarmUp = 1;

    /// <summary>[side][trial].</summary>
    public Trial[][] Run(IReadOnlyList<Side> sides)
    {
        double[] each = [.. sides.Select(SecondsOfOne)];
        double slice = each.Append(Slice).Max();
        int[] perSlice = [.. each.Select(one => Math.Max(1, (int)Math.Round(slice / one)))];
        // Even, so that each order is taken equally often within a trial; one round where a slice is that long anyway.
        int rounds = slice >= Seconds ? 1 : 2 * (int)Math.Ceiling(Seconds / slice / 2);

        var results = sides.Select(_ => new Trial[Trials]).ToArray();
        for (int trial = 0; trial < Trials; trial++)
        {
            GC.Collect();
            do
            {
                for (int round = 0; round < rounds; round++)
                    for (int i = 0; i < sides.Count; i++)
                    {
                        int side = (trial + round) % 2 == 0 ? i : sides.Count - 1 - i;
                        results[side][trial] = Add(results[side][trial], Time(sides[side], perSlice[side]));
                    }
            }
            while (results.Any(side => side[trial].Seconds < Seconds));          // calibration ran on a busier machine
        }
        return results;
    }

    Trial Time(Side side, int runs)
    {
        double units = 0;
        double start = Now();
        for (int i = 0; i < runs; i++) units += side.Run();
        return new Trial(Now() - start, units, runs);
    }

    double Now() => CountsProcessor ? Environment.CpuUsage.TotalTime.TotalSeconds : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    static Trial Add(Trial a, Trial b) => new(a.Seconds + b.Seconds, a.Units + b.Units, a.Runs + b.Runs);

    /// <summary>Warms up and returns the fastest run: an interruption must not shorten the trials.</summary>
    double SecondsOfOne(Side side)
    {
        double fastest = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        do fastest = Math.Min(fastest, Time(side, 1).Seconds);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUp);
        return Math.Max(fastest, 1e-7);
    }
}
