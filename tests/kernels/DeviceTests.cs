using Roast.Cuda;
using Roast.Cuda.Twins;
using Roast.Tests.Kernels.Cases;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>The same cases on a card, where there is one; ROAST_EXPECT_GPU=1 makes its absence a failure.</summary>
public class DeviceTests
{
    public static TheoryData<LauncherKind, string> Launchers
    {
        get
        {
            var data = new TheoryData<LauncherKind, string>();
            foreach (var kind in (LauncherKind[])[LauncherKind.Cuda, .. KernelLaunchers.HasManagedCuda ? (LauncherKind[])[LauncherKind.ManagedCuda] : []])
                foreach (string kernel in CaseList.Kernels) data.Add(kind, kernel);
            return data;
        }
    }

    [Theory, MemberData(nameof(Launchers))]
    public void A_card_gives_the_twins_bits_in_every_case(LauncherKind kind, string kernel)
    {
        if (CudaDevices.Discover().WhyNoneUsable is { } why)
        {
            if (Environment.GetEnvironmentVariable("ROAST_EXPECT_GPU") == "1") Assert.Fail($"ROAST_EXPECT_GPU=1 promises a card. {why}");
            Assert.Skip($"{why} ROAST_EXPECT_GPU=1 makes this a failure.");
            return;
        }
        using var twin = new TwinLauncher();
        using var card = KernelLaunchers.Open(kind);
        int ran = 0;
        foreach (var one in CaseList.Of(kernel))
        {
            byte[] expected = one.Run(twin, guards: true, check: false), actual = one.Run(card, guards: true, check: true);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{one} on {card.Name}: byte {expected.AsSpan().CommonPrefixLength(actual)} of {expected.Length} differs from the twin's.");
            ran++;
        }
        Assert.True(ran >= 40, $"{ran} cases of {kernel} ran on {card.Name}.");
        TestContext.Current.TestOutputHelper!.WriteLine($"{card.Name}, {kernel}: {ran} cases");
    }
}
