using Roast.Cuda;
using Roast.Cuda.Kernels;
using Roast.Tests.Kernels.Cases;
using Roast.Tests.Kernels.Simulator;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>The simulator finds what it is there to find.</summary>
public class SimulatorFaultTests
{
    static void Fails(string words, Action<IKernelLauncher, Stage> work)
    {
        using var launcher = new PtxLauncher(new SimulatorTarget());
        using var stage = new Stage(launcher, guards: false);
        Assert.Contains(words, Assert.Throws<PtxException>(() => work(launcher, stage)).Message);
    }

    static ActivationView Rows(Stage stage, int rows, int width) => stage.Rows(ElementType.Float32, new byte[rows * width * 4], rows, width, width, 0);

    [Fact]
    public void A_row_past_the_end_is_found() => Fails("lie in no allocation", (launcher, stage) => launcher.PoolLast(Rows(stage, 4, 32), stage.In<int>([4]), stage.Out<float>(32)));

    [Fact]
    public void Memory_that_nobody_wrote_is_found() => Fails("never written", (launcher, stage) => launcher.PoolLast(Rows(stage, 4, 32), stage.Out<int>(1), stage.Out<float>(32)));

    [Fact]
    public void Rows_that_overlap_are_a_race() => Fails("race", (launcher, stage) =>
    {
        var rows = Rows(stage, 2, 32);
        var overlapping = new ActivationView(rows.Buffer, ElementType.Float32, 2, 32, 32, 0);
        launcher.Scale(new ScaleCall { Vectors = rows.Buffer.As<float>(), At = stage.In<int>([0, 1, 2]), Picks = stage.In<int>([1, 0]), Strengths = stage.In<float>([1, 1]), Port = overlapping });
    });

    [Fact]
    public void A_barrier_taken_out_is_found()
    {
        string text = SimulatorTarget.Text("pool");
        foreach (int at in Barriers(text))
        {
            var modules = new PtxModule?[KernelTable.Modules.Length];
            modules[0] = PtxModule.Parse(text[..at] + text[text.IndexOf('\n', at)..]);
            bool found = false;
            foreach (var one in CaseList.Of("pool_mean").Where(x => x.Width is 33 or 127))
            {
                using var launcher = new PtxLauncher(new SimulatorTarget(modules, fewBlocks: true));
                try { one.Run(launcher, guards: false, check: false); }
                catch (PtxException) { found = true; break; }
            }
            Assert.True(found, $"The barrier at {at} of pool.ptx was taken out, and no case fails.");
        }
    }

    [Theory]
    [InlineData("add.rn.f64", "add.f64")]                    // the assembler might fuse it
    [InlineData("div.rn.f64", "div.f64")]
    [InlineData("ld.global.v4.u32", "ld.global.v4.u64")]
    [InlineData("bra.uni \t$L__BB", "bra.uni \t$L__BC")]
    [InlineData("add.rn.f64 \t%fd", "add.rn.f64 \t%rd")]
    public void Text_that_an_assembler_would_refuse_or_read_otherwise_is_refused(string from, string to)
    {
        string text = SimulatorTarget.Text("pool");
        Assert.Contains(from, text);
        Assert.Throws<PtxException>(() => PtxModule.Parse(text.Replace(from, to)));
    }

    static IEnumerable<int> Barriers(string text)
    {
        for (int at = text.IndexOf("bar.sync", StringComparison.Ordinal); at >= 0; at = text.IndexOf("bar.sync", at + 1, StringComparison.Ordinal)) yield return at;
    }
}
