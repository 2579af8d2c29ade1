using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Cuda;
using Roast.Cuda.Rows;
using Roast.Onnx;
using Roast.Onnx.Devices;
using Roast.Onnx.Sessions;
using Roast.Graph;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Kernels;

/// <summary>What a CUDA device says as the place of a model where it cannot be used, and what it tells ONNX Runtime where it can. The driver is a fake.</summary>
public class ModelDeviceTests
{
    static bool HasProvider => ExecutionProviders.Available.Contains("CUDAExecutionProvider");

    [Fact]
    public void A_build_without_the_provider_is_refused_with_what_it_has_and_what_to_do()
    {
        var e = Assert.Throws<CudaException>(() => CudaProvider.Require(["CPUExecutionProvider"]));
        Assert.Equal(RoastError.Device, e.Kind);
        Assert.Contains("has no CUDAExecutionProvider; it has CPUExecutionProvider.", e.Message);
        Assert.Contains("-p:RoastFlavor=cuda", e.Message);
        CudaProvider.Require(["CUDAExecutionProvider", "CPUExecutionProvider"]);
    }

    [Fact]
    public void Opening_a_model_on_a_device_that_is_not_there_fails_or_falls_back_aloud_as_it_was_told()
    {
        if (HasProvider && CudaDevices.Discover().FirstUsable is not null)
        {
            Assert.Skip("There is a usable card here, so nothing falls back.");
            return;
        }
        var strict = new RuntimeOptions { Device = new CudaModelDevice { Ordinal = 3 } };
        Assert.Equal(RoastError.Device, Assert.Throws<CudaException>(() => SteerableModel.Open(Repository.DefaultModel, strict)).Kind);
        using var model = SteerableModel.Open(Repository.DefaultModel, strict with { Device = new CudaModelDevice { AllowCpuFallback = true } });
        Assert.Equal("CPU", model.DeviceName);
        Assert.StartsWith("The model runs on the CPU: ", model.DeviceNote);
        using var plain = SteerableModel.Open(Repository.DefaultModel);
        Assert.Equal(("CPU", null), (plain.DeviceName, plain.DeviceNote));
    }

    [Fact]
    public void A_device_is_named_as_the_command_line_writes_it_and_has_no_negative_number()
    {
        Assert.Equal(("cuda", "cuda:2", "cpu"), (new CudaModelDevice().ToString(), new CudaModelDevice { Ordinal = 2 }.ToString(), ModelDevice.Cpu.ToString()));
        Assert.Equal(new CudaModelDevice { Ordinal = 2 }, new CudaModelDevice { Ordinal = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CudaModelDevice { Ordinal = -1 });
    }

    [Fact]
    public void The_provider_is_told_the_launchers_stream_and_whether_to_record()
    {
        var settings = CudaProvider.Settings(1, unchecked((nint)0x7f00_1234_5678), records: true);
        Assert.Equal(("1", "139638282147448", "1", "1"), (settings["device_id"], settings["user_compute_stream"], settings["has_user_compute_stream"], settings["enable_cuda_graph"]));
        Assert.Equal("0", CudaProvider.Settings(0, 16, records: false)["enable_cuda_graph"]);
    }

    [Fact]
    public void A_session_in_a_build_without_the_provider_is_one_clear_error()
    {
        if (HasProvider) { Assert.Skip("This build has the provider."); return; }
        using var rows = Card(new FakeDriver());
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
        var e = Assert.Throws<CudaException>(() => rows.Configure(options));
        Assert.Contains("refused its CUDA provider on Fake 0", e.Message);
        Assert.Contains("cuDNN 9", e.Message);
    }

    [Fact]
    public void A_float32_model_is_refused_on_a_card_with_the_export_that_helps_and_taken_by_the_twins()
    {
        var graph = ModelGraph.FromHuggingFace(Repository.DefaultModel);
        using var weights = new WeightStore(graph);
        using var host = new HostDevice();
        using var session = PlanSession.Open(graph, weights, Plan.Empty, new RuntimeOptions { Threads = 1 }, host);
        using var card = Card(new FakeDriver());
        var e = Assert.Throws<RoastException>(() => card.Check(session));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("computes in Float", e.Message);
        Assert.Contains("roast export --precision fp16", e.Message);
        using var twins = new CudaRows(KernelLaunchers.Open(LauncherKind.Cpu), 0, records: false);
        twins.Check(session);
    }

    [Fact]
    public void Memory_that_runs_out_is_said_in_bytes_needed_and_free_and_nothing_is_kept()
    {
        int allocations = 0;
        var driver = new FakeDriver { FailWith = call => call == "memory" && ++allocations == 3 ? 2 : 0 };
        using (var rows = Card(driver))
        using (rows.Allocate(TensorElementType.Float16, 1000))
        using (rows.Allocate(TensorElementType.Int64, 10))
        {
            var e = Assert.Throws<CudaException>(() => rows.Allocate(TensorElementType.Float16, 1L << 40));
            Assert.Contains("2199023255552 bytes", e.Message);
            Assert.Contains("12345 bytes are free on Fake 0", e.Message);
        }
        Assert.Empty(driver.Wrong);
        Assert.Equal(0, driver.Alive);
    }

    [Fact]
    public void A_tensor_on_a_card_is_bound_by_its_device_address()
    {
        var driver = new FakeDriver();
        using (var rows = Card(driver))
        using (var tensor = rows.Allocate(TensorElementType.Float16, 4 * 96))
        using (var view = tensor.View(96, 3, 1, 96))
        {
            Assert.Equal((TensorElementType.Float16, 3L * 96), (view.GetTensorTypeAndShape().ElementDataType, view.GetTensorTypeAndShape().ElementCount));
            Assert.Equal("Cuda", view.GetTensorMemoryInfo().Name);
            Assert.Equal(1, view.GetTensorMemoryInfo().Id);
            Assert.Throws<ArgumentOutOfRangeException>(() => tensor.View(97, 3, 1, 96));
            tensor.Fetch(96);
        }
        Assert.Empty(driver.Wrong);
        Assert.Equal(0, driver.Alive);                       // page-locked memory too
    }

    [Fact]
    public void A_lost_context_does_not_keep_memory_from_being_freed()
    {
        bool lost = false;
        var driver = new FakeDriver { FailWith = call => lost && call is "wait" or "upload" ? 700 : 0 };
        using (var rows = Card(driver))
        using (var tensor = rows.Allocate(TensorElementType.Float16, 64))
        {
            lost = true;
            Assert.Contains("context is lost", Assert.Throws<CudaException>(() => tensor.Write(0, [1, 2])).Message);
        }
        Assert.Equal(0, driver.Alive);
    }

    static CudaRows Card(FakeDriver driver) => new(KernelLaunchers.OpenCuda(driver, null), 1, records: false);
}
