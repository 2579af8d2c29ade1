using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Roast.Tests.Fuzz;

/// <summary>
/// No bytes make a reader throw anything but RoastException, take more memory than its file earns, or hang. A short run with
/// every test run; ROAST_FUZZ_EXECUTIONS (per reader, times its share), ROAST_FUZZ_SEED and ROAST_FUZZ_TARGET (names, with
/// commas between) make it long. docs/hardening.md records the long ones.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    const long Executions = 1500;
    const ulong Seed = 20261124;

    static string? Set(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static TheoryData<string> Names => [.. Targets.All.Select(target => target.Name).Where(name => Set("ROAST_FUZZ_TARGET") is not { } only || only.Split(',').Contains(name))];

    [Theory, MemberData(nameof(Names))]
    public void No_bytes_break_the_reader_of(string name)
    {
        var target = Targets.All.Single(x => x.Name == name);
        long executions = (long)(target.Share * (Set("ROAST_FUZZ_EXECUTIONS") is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : Executions));
        ulong seed = Set("ROAST_FUZZ_SEED") is { } given ? ulong.Parse(given, CultureInfo.InvariantCulture) : Seed;
        var clock = Stopwatch.StartNew();
        var fuzzer = new Fuzzer(target, seed);
        string? finding = fuzzer.Run(executions, TestContext.Current.CancellationToken);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {fuzzer.Executions} executions with seed {seed} in {clock.Elapsed.TotalSeconds:F0} s, {fuzzer.Accepted} accepted, corpus {fuzzer.CorpusSize}, at most {fuzzer.WorstAllocation} bytes and {fuzzer.WorstTime.TotalMilliseconds:F0} ms for one."));
        if (finding is not null) Assert.Fail(finding);
        Assert.True(fuzzer.Accepted > 0, "The reader took none of its own seeds: the run proves nothing.");
    }

    [Theory, MemberData(nameof(Names))]
    public void A_file_cut_at_any_byte_breaks_no_reader_of(string name)
    {
        const int Longest = 8192;
        var target = Targets.All.Single(x => x.Name == name);
        int cuts = 0;
        foreach (byte[] seed in target.Seeds())
        {
            // A long one is cut around its begin only: there its counts and lengths stand.
            for (int length = 0; length < Math.Min(seed.Length, Longest); length++, cuts++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                try { target.Read(seed[..length]); }
                catch (RoastException) { }
                catch (Exception e) { Assert.Fail($"{name}, cut at byte {length} of {seed.Length}: {e}"); }
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated < Fuzzer.MostAllocated + (long)Fuzzer.AllocatedPerByte * length, $"{name}, cut at byte {length}: {allocated} bytes allocated.");
            }
        }
        Assert.True(cuts > 0);
    }

    [Fact]
    public void The_same_seed_does_the_same_damage()
    {
        byte[] input = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        byte[] Damaged(int seed) => new Mutator(new Random(seed), []).Mutate(input, input);
        Assert.Equal(Damaged(3), Damaged(3));
        Assert.NotEqual(Damaged(3), Damaged(4));
    }
}
