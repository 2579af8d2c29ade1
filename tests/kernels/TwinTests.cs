using Roast.Cuda;
using Roast.Cuda.Twins;
using Roast.Tests.Kernels.Cases;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>The CPU twins against float64 references.</summary>
public class TwinTests
{
    public static TheoryData<string> Kernels => [.. CaseList.Kernels];

    [Theory, MemberData(nameof(Kernels))]
    public void The_twin_gives_the_reference_in_every_case_and_writes_nothing_beside(string kernel)
    {
        using var twin = new TwinLauncher();
        int ran = 0;
        foreach (var one in CaseList.Of(kernel))
        {
            one.Run(twin, guards: true, check: true);
            ran++;
        }
        Assert.True(ran >= 40, $"{ran} cases of {kernel} ran; a list that is empty proves nothing.");
        TestContext.Current.TestOutputHelper!.WriteLine($"twin, {kernel}: {ran} cases");
    }

    [Fact]
    public void The_exponential_is_right_to_two_units_in_the_last_place()
    {
        var random = new Random(9);
        for (int i = 0; i < 20_000; i++)
        {
            double x = -Math.Pow(random.NextDouble(), 4) * 700, expected = Math.Exp(x);
            Assert.True(Math.Abs(ContrastTwin.Exp(x) - expected) <= 2 * Math.BitIncrement(expected) - 2 * expected, $"exp({x:R}) is {ContrastTwin.Exp(x):R}, expected {expected:R}.");
        }
        Assert.Equal((1.0, 0.0, 0.0), (ContrastTwin.Exp(0), ContrastTwin.Exp(-709), ContrastTwin.Exp(double.NegativeInfinity)));
    }
}
