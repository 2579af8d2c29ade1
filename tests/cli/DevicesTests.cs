using System.Text.Json;
using Roast.Cuda;
using Xunit;

namespace Roast.Tests.Cli;

public class DevicesTests
{
    [Fact]
    public async Task Devices_are_shown_or_the_reason_why_there_are_none()
    {
        string text = (await Shell.Run("devices")).Done().Output;
        Assert.Contains("CPUExecutionProvider", text);
        Assert.Contains("CUDA driver", text);
    }

    [Fact]
    public async Task The_json_has_devices_or_a_reason_and_what_is_needed()
    {
        using var json = JsonDocument.Parse((await Shell.Run("devices", "--json")).Done().Output);
        var (root, cuda) = (json.RootElement, json.RootElement.GetProperty("cuda"));
        Assert.Equal(Environment.ProcessorCount, root.GetProperty("cpu").GetProperty("cores").GetInt32());
        Assert.Equal(("11.0", "7.5"), (cuda.GetProperty("needed_driver").GetString(), cuda.GetProperty("needed_compute_capability").GetString()));
        Assert.Equal(cuda.GetProperty("devices").GetArrayLength() == 0, cuda.GetProperty("why_none").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_an_error_or_a_note_as_was_asked_for()
    {
        if (CudaDevices.Discover().FirstUsable is not null)
        {
            Assert.Skip("There is a usable card here.");
            return;
        }
        var refused = await Shell.Run("run", "457+385=", "--device", "cuda:1");
        Assert.Equal((int)RoastError.Device, refused.Code);
        Assert.Equal("", refused.Output);
        Assert.Contains(Onnx.ExecutionProviders.Available.Contains("CUDAExecutionProvider") ? "No CUDA driver" : "has no CUDAExecutionProvider", refused.Error);
        var fallen = await Shell.Run("run", "457+385=", "--device", "cuda", "--cpu-fallback");
        Assert.Contains("roast: note: The model runs on the CPU: ", fallen.Error);
        Assert.Equal((await Shell.Run("run", "457+385=", "--device", "cpu")).Done().Output, fallen.Done().Output);
    }

    [Theory]
    [InlineData("'gpu' is no device", "--device", "gpu")]
    [InlineData("'cuda:-1' is no device", "--device", "cuda:-1")]
    [InlineData("'cuda:' is no device", "--device", "cuda:")]
    [InlineData("nothing to fall back from", "--cpu-fallback")]
    [InlineData("'fp8' is not known; expected fp32, fp16, int4", "--precision", "fp8")]
    [InlineData("--precision is for Roast's own loop", "--engine", "genai", "--precision", "fp16")]
    [InlineData("--device is for Roast's own loop", "--engine", "genai", "--device", "cuda")]
    public async Task A_device_that_means_nothing_is_a_usage_error(string words, params string[] args)
    {
        var run = await Shell.Run(["run", "1+1=", .. args]);
        Assert.Equal(2, run.Code);
        Assert.Contains(words, run.Error);
    }
}
