namespace Roast.Cuda.Driver;

/// <summary>Turns a driver's code into an exception: the one place that does.</summary>
internal static class DriverCheck
{
    const int OutOfMemory = 2, NotInitialized = 3, NoDevice = 100, IllegalAddress = 700, LaunchFailed = 719, NotPermitted = 800, StubLibrary = 34;

    /// <summary>Throws where <paramref name="code"/> is not success.</summary>
    /// <param name="driver">Knows the code's name.</param>
    /// <param name="code">What a call returned.</param>
    /// <param name="call">The entry point.</param>
    /// <param name="about">What was being done, where the entry point does not say it.</param>
    /// <exception cref="CudaException">Names the call, the code and what to do next.</exception>
    public static void Check(this ICudaDriver driver, int code, string call, string about = "")
    {
        if (code != 0) throw Failed(driver, code, call, about);
    }

    public static CudaException Failed(ICudaDriver driver, int code, string call, string about)
    {
        string name = driver.NameOf(code), where = about.Length > 0 ? $" ({about})" : "";
        return new CudaException(code, name, $"{call}{where} failed: {name}, {driver.WordsOf(code)}. {Next(code)}");
    }

    static string Next(int code) => code switch
    {
        OutOfMemory => "Use fewer rows, questions or points at a time, or free the device's memory (nvidia-smi shows who holds it).",
        NoDevice => "Check nvidia-smi and CUDA_VISIBLE_DEVICES, or run on the CPU.",
        NotInitialized or StubLibrary => "The library found is no working driver: install NVIDIA's driver, or run on the CPU.",
        >= IllegalAddress and <= LaunchFailed => "The device's context is lost: this process cannot use it any more. Start it again; if it happens again, report the call with its sizes.",
        NotPermitted => "This user may not use the device: check the permissions of the device files.",
        _ => "'roast devices' shows what there is; without CUDA the same work runs on the CPU.",
    };
}
