using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Roast.Cuda;
using Roast.Native;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>roast_open_options.device: where a model runs.</summary>
public unsafe class DeviceTests
{
    [ThreadStatic] static List<string>? s_warned;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static void Log(void* user, int level, byte* text)
    {
        if (level == 1) s_warned!.Add(Marshal.PtrToStringUTF8((nint)text)!);
    }

    static Status Open(string? device, bool fallBack, out nint model)
    {
        s_warned = [];
        fixed (byte* text = device is null ? null : Api.Zero(device))
        {
            var options = new OpenOptions { StructSize = (nuint)sizeof(OpenOptions), Device = text, CpuFallback = fallBack ? 1 : 0, Log = &Log };
            return Api.Open(Repository.DefaultModel, out model, &options);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("cpu")]
    public void The_cpu_is_the_default_and_may_be_named(string? device)
    {
        Api.Ok(Open(device, fallBack: false, out nint model));
        Api.Ok(Api.FreeModel(model));
        Assert.Empty(s_warned!);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("")]
    public void Another_word_is_an_argument_error(string device)
    {
        Api.Fails(Status.Argument, Open(device, fallBack: true, out nint model), $"device: '{device}' is no device");
        Assert.Equal(0, model);
    }

    [Fact]
    public void A_device_that_is_not_there_is_an_error_or_a_warning_as_was_asked_for()
    {
        if (CudaDevices.Discover().FirstUsable is not null)
        {
            Assert.Skip("There is a usable card here.");
            return;
        }
        Api.Fails(Status.Device, Open("cuda", fallBack: false, out nint model), "CUDA");
        Assert.Equal(0, model);
        Api.Ok(Open("cuda:0", fallBack: true, out model));
        Assert.StartsWith("open: The model runs on the CPU: ", Assert.Single(s_warned!));
        Api.Ok(Api.FreeModel(model));
    }
}
