using Roast.Cuda.Kernels;
using Roast.Cuda.Twins;
using Roast.Tests.Kernels.Cases;
using Roast.Tests.Kernels.Simulator;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>The checked-in PTX, executed on the CPU: results, races, bounds, and reads of what was never written.</summary>
public class SimulatorTests
{
    public static TheoryData<string> Kernels => [.. CaseList.Kernels];

    [Theory, MemberData(nameof(Kernels))]
    public void The_checked_in_ptx_gives_the_twins_bits_in_every_case(string kernel)
    {
        using var twin = new TwinLauncher();
        int ran = 0;
        Traffic sum = default;
        var launched = new HashSet<string>();
        foreach (var one in CaseList.Of(kernel))
        {
            var target = new SimulatorTarget(fewBlocks: ran % 2 == 1);
            using var simulated = new PtxLauncher(target);
            byte[] expected = one.Run(twin, guards: true, check: false), actual;
            try { actual = one.Run(simulated, guards: false, check: false); }
            catch (PtxException e) { Assert.Fail($"{one}: {e.Message}"); return; }
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{one}: byte {expected.AsSpan().CommonPrefixLength(actual)} of {expected.Length} differs from the twin's.");
            ran++;
            launched.UnionWith(target.Launched);
            sum.Instructions += target.Traffic.Instructions;
            sum.GlobalRead += target.Traffic.GlobalRead;
            sum.GlobalWritten += target.Traffic.GlobalWritten;
            sum.Launches += target.Traffic.Launches;
        }
        Assert.True(ran >= 40, $"{ran} cases of {kernel} ran; a list that is empty proves nothing.");
        TestContext.Current.TestOutputHelper!.WriteLine($"simulator, {kernel}: {ran} cases, {sum.Launches} launches of {string.Join(' ', launched.Order())}; {sum.Instructions:N0} thread instructions, {sum.GlobalRead:N0} bytes read, {sum.GlobalWritten:N0} written");
    }

    [Fact]
    public void Every_entry_point_of_the_ptx_is_known_to_the_table_and_the_other_way_round()
    {
        string[] table = [.. Enum.GetValues<Kernel>().Select(kernel => kernel.Name()).Order()];
        Assert.Equal(table, SimulatorTarget.Modules.SelectMany(module => module.Kernels.Keys).Order());
        Assert.All(SimulatorTarget.Modules, module => Assert.Equal(("7.0", "sm_75"), (module.Version, module.Target)));
    }

    [Fact]
    public void A_tap_is_read_once_and_a_vector_written_once()
    {
        const int rows = 64, width = 1024;
        var target = new SimulatorTarget();
        using var launcher = new PtxLauncher(target);
        using var stage = new Stage(launcher, guards: false);
        var pooled = stage.Out<float>(width);
        launcher.PoolMean(stage.Rows(Cuda.ElementType.Float16, new byte[rows * width * 2], rows, width, width, 0), stage.In<int>([0]), stage.In<int>([rows]), default, pooled);
        Assert.Equal(width * sizeof(float), target.Traffic.GlobalWritten);
        Assert.InRange(target.Traffic.GlobalRead, rows * width * 2, rows * width * 2 * 1.2);        // a few more: each thread reads first and end
    }
}
