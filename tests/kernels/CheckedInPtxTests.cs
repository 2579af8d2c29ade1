using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Roast.Cuda.Kernels;
using Roast.Tests.Kernels.Simulator;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>What travels in the assembly is what is checked in, made from the sources beside it.</summary>
public partial class CheckedInPtxTests
{
    public static TheoryData<string> Modules => [.. KernelTable.Modules];

    static string Sha(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Repository.Path("kernels", file))));

    [Theory, MemberData(nameof(Modules))]
    public void The_ptx_names_the_hashes_of_its_sources(string module) =>
        Assert.StartsWith($"// gpu.h {Sha("gpu.h")} {module}.cu {Sha($"{module}.cu")} clang-19 ", SimulatorTarget.Text(module));

    [Theory, MemberData(nameof(Modules))]
    public void The_embedded_ptx_is_the_checked_in_one_zero_terminated(string module) =>
        Assert.Equal(SimulatorTarget.Text(module) + '\0', System.Text.Encoding.UTF8.GetString(KernelImages.Load(module)));

    [Theory, MemberData(nameof(Modules))]
    public void The_ptx_has_no_atomics_no_absolute_path_and_vector_accesses(string module)
    {
        string text = SimulatorTarget.Text(module);
        Assert.DoesNotMatch(AtomicOrPath(), text);
        Assert.Matches(Vector(), text);
    }

    [GeneratedRegex(@"\batom\.|\bred\.|\.file\s|""/")] private static partial Regex AtomicOrPath();
    [GeneratedRegex(@"ld\.global(\.nc)?\.(v4\.[ufb]32|v2\.[fub]64)")] private static partial Regex Vector();
}
