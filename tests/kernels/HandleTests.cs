using Roast.Cuda;
using Roast.Cuda.Driver;
using Roast.Cuda.Kernels;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>Every handle of the driver's is released once, with its context current and before it, whatever failed.</summary>
public class HandleTests
{
    const int OutOfMemory = 2, InvalidPtx = 218, IllegalAddress = 700;

    static void AssertBalanced(FakeDriver driver)
    {
        Assert.Empty(driver.Wrong);
        Assert.Equal((driver.Made, 0), (driver.Released, driver.Alive));
    }

    [Fact]
    public void A_launcher_and_its_buffers_release_everything_once_in_any_order()
    {
        var driver = new FakeDriver();
        var launcher = KernelLaunchers.OpenCuda(driver, null);
        var (first, second) = (launcher.Allocate(1000), launcher.Allocate(10));
        first.Dispose();
        first.Dispose();
        launcher.Dispose();
        launcher.Dispose();
        Assert.Equal(2, driver.Alive);                       // the second buffer, and the context that it keeps
        second.Dispose();
        Assert.Equal(1 + 1 + KernelTable.Modules.Length + 2, driver.Made);
        AssertBalanced(driver);
    }

    [Theory]
    [InlineData("context")]
    [InlineData("stream")]
    [InlineData("module")]
    [InlineData("function")]
    public void What_was_made_before_a_failure_is_released(string what)
    {
        var driver = new FakeDriver { FailWith = call => call == what ? InvalidPtx : 0 };
        Assert.Equal("CUDA_ERROR_INVALID_PTX", Assert.Throws<CudaException>(() => KernelLaunchers.OpenCuda(driver, 0)).CodeName);
        AssertBalanced(driver);
    }

    [Fact]
    public void A_failure_in_the_fourth_module_releases_the_three_before()
    {
        int modules = 0;
        var driver = new FakeDriver { FailWith = call => call == "module" && ++modules == 4 ? InvalidPtx : 0, JitSays = "ptxas fatal: line 12" };
        var e = Assert.Throws<CudaException>(() => KernelLaunchers.OpenCuda(driver, 0));
        Assert.Contains("ptxas fatal: line 12", e.Message);
        Assert.Contains("inject.ptx on Fake 0", e.Message);
        AssertBalanced(driver);
    }

    [Fact]
    public void Events_release_themselves_and_time_in_seconds()
    {
        var driver = new FakeDriver();
        using (var context = ContextHandle.Retain(driver, 0))
        using (var stream = StreamHandle.Create(context))
        using (EventHandle start = EventHandle.Create(context), end = EventHandle.Create(context))
        {
            start.Record(stream);
            end.Record(stream);
            Assert.Equal(0.0015, end.SecondsSince(start), 9);
        }
        AssertBalanced(driver);
    }

    [Fact]
    public void Out_of_memory_says_how_much_was_asked_and_is_free()
    {
        var driver = new FakeDriver { FailWith = call => call == "memory" ? OutOfMemory : 0 };
        using (var launcher = KernelLaunchers.OpenCuda(driver, 0))
        {
            var e = Assert.Throws<CudaException>(() => launcher.Allocate(1L << 40));
            Assert.Equal((RoastError.Device, OutOfMemory, "CUDA_ERROR_OUT_OF_MEMORY"), (e.Kind, e.Code, e.CodeName));
            Assert.Contains("1099511627776 bytes", e.Message);
            Assert.Contains("12345 bytes are free on Fake 0", e.Message);
        }
        AssertBalanced(driver);
    }

    [Theory]
    [InlineData("launch", "cuLaunchKernel (norms_f32 on Fake 0")]
    [InlineData("wait", "cuStreamSynchronize")]
    public void A_lost_context_is_one_clear_error(string call, string words)
    {
        var driver = new FakeDriver { FailWith = x => x == call ? IllegalAddress : 0 };
        using (var launcher = KernelLaunchers.OpenCuda(driver, 0))
        using (var buffer = launcher.Allocate(4096))
        {
            var e = Assert.Throws<CudaException>(() =>
            {
                launcher.Norms(new ActivationView(buffer, ElementType.Float32, 4, 8), buffer.As<double>().Slice(100, 4));
                launcher.Wait();
            });
            Assert.Contains(words, e.Message);
            Assert.Contains("context is lost", e.Message);
        }
        AssertBalanced(driver);
    }

    [Fact]
    public void A_release_that_fails_does_not_throw_and_still_gives_the_context_back()
    {
        var driver = new FakeDriver { FailWith = call => call == "release memory" ? IllegalAddress : 0 };
        var launcher = KernelLaunchers.OpenCuda(driver, 0);
        launcher.Allocate(8).Dispose();
        launcher.Dispose();
        AssertBalanced(driver);
    }

    [Fact]
    public void Launching_allocates_nothing()
    {
        using var launcher = KernelLaunchers.OpenCuda(new FakeDriver(), 0);
        using var buffer = launcher.Allocate(1 << 20);
        var (x, norms) = (new ActivationView(buffer, ElementType.Float32, 8, 1024), buffer.As<double>().Slice(1 << 14, 8));
        launcher.Norms(x, norms);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) launcher.Norms(x, norms);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
