using System.Numerics;
using System.Runtime.Intrinsics;
using Xunit;

namespace Roast.Tests.Unit.Core.Kernels;

public class VectorWidthTests
{
    const string Promise = "ROAST_EXPECT_VECTOR_BITS";

    /// <summary>A misspelt switch must fail, not pass: build.cake's Simd target says what each of its runs gets.</summary>
    [Fact]
    public void The_run_has_the_vector_width_that_it_was_promised()
    {
        string? promised = Environment.GetEnvironmentVariable(Promise);
        Assert.SkipWhen(promised is null, $"{Promise} promises nothing here; 'dotnet cake --target=Simd' sets it.");
        Assert.Equal(promised, Vector128.IsHardwareAccelerated ? (Vector<byte>.Count * 8).ToString(System.Globalization.CultureInfo.InvariantCulture) : "none");
    }
}
