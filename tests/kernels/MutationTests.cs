using Roast.Cuda.Kernels;
using Roast.Cuda.Twins;
using Roast.Tests.Kernels.Cases;
using Roast.Tests.Kernels.Simulator;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>
/// Breaks the checked-in PTX, one instruction at a time, and asks whether the cases notice. A sample by a fixed seed;
/// ROAST_MUTATE=all tries every mutant and takes minutes.
/// </summary>
public class MutationTests
{
    const int Sample = 160, Seed = 42;

    /// <summary>Share that has to be noticed. Of those that are not, most change nothing: a thread too many whose columns are guarded once more, a vector access where single ones give the same, the greater of two equals, what becomes of NaN.</summary>
    const double Needed = 0.8;

    [Fact]
    public void Broken_kernels_are_caught()
    {
        var mutants = KernelTable.Modules.SelectMany((name, module) => Mutants.Of(SimulatorTarget.Text(name)).Select(mutant => (Module: module, Name: name, Mutant: mutant))).ToArray();
        int all = mutants.Length;
        if (Environment.GetEnvironmentVariable("ROAST_MUTATE") != "all")
        {
            new Random(Seed).Shuffle(mutants);
            mutants = mutants[..Sample];
        }
        var verdicts = mutants.AsParallel().AsOrdered().Select(x => (x.Name, x.Mutant, Caught: Catch(x.Module, x.Mutant))).ToArray();
        int caught = verdicts.Count(x => x.Caught is not null);
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"mutation score: {caught} of {verdicts.Length} caught ({100.0 * caught / verdicts.Length:F1} %), {all} mutants in all; " +
            string.Join(", ", verdicts.GroupBy(x => x.Mutant.What).OrderBy(x => x.Key).Select(x => $"{x.Key} {x.Count(y => y.Caught is not null)}/{x.Count()}")));
        foreach (var (name, mutant, _) in verdicts.Where(x => x.Caught is null)) output.WriteLine($"  survived: {name}.ptx line {mutant.Line}, {mutant.Kernel}, {mutant.What}: {mutant.Was} -> {mutant.Now}");
        Assert.True(caught >= Needed * verdicts.Length, $"{caught} of {verdicts.Length} broken kernels were caught; expected {Needed:P0}.");
    }

    static string? Catch(int module, Mutant mutant)
    {
        var modules = new PtxModule?[KernelTable.Modules.Length];
        try { modules[module] = PtxModule.Parse(mutant.Text); }
        catch (PtxException e) { return e.Message; }
        using var twin = new TwinLauncher();
        int turn = 0;
        foreach (var one in Cases(mutant.Kernel))
        {
            using var launcher = new PtxLauncher(new SimulatorTarget(modules, fewBlocks: turn++ % 2 == 1, mostInstructions: 200_000));
            try
            {
                if (!one.Run(twin, guards: true, check: false).AsSpan().SequenceEqual(one.Run(launcher, guards: false, check: false))) return $"{one}: other bits";
            }
            catch (PtxException e) { return e.Message; }
        }
        return null;
    }

    /// <summary>The cases that launch a kernel, the small ones first.</summary>
    static IEnumerable<KernelCase> Cases(string kernel) => CaseList.All.Where(x => Launches(x, kernel) && x.Width is <= 38 or 127 or 1024).OrderBy(x => x.Width == 127 ? 0 : x.Width).Take(100);

    static bool Launches(KernelCase one, string kernel) => one switch
    {
        PoolLastCase x => kernel == Kernel.PoolLastF32.For(x.Type).Name(),
        PoolMeanCase x => kernel == Kernel.PoolMeanF32.For(x.Type).Name(),
        NormsCase x => kernel == Kernel.NormsF32.For(x.Type).Name(),
        ScaleCase x => kernel == Kernel.ScaleF32.For(x.Type).Name(),
        InjectCase x => kernel == Kernel.InjectF32.For(x.Type).Name(),
        PoolAddCase x => kernel == Kernel.PoolAddF32.For(x.Type).Name(),
        BestCase x => kernel == Kernel.BestF32.For(x.Type).Name(),
        CopyCase => kernel == "copy",
        SumsCase x => kernel == (x.FromSteps ? "sums_mean" : "sums_row"),
        ContrastSumsCase => kernel == "contrast_sums",
        _ => kernel is "contrast" or "contrast_mean",
    };
}
