using Roast.GenAI.Native;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.GenAI;

/// <summary>Finding the library, and what is said where that fails. A failure leaves nothing behind: the other tests of this process load it.</summary>
[Collection(nameof(OneAtATime))]
public class LibraryTests
{
    [Fact]
    public void Each_file_that_was_tried_is_named_with_what_the_loader_said()
    {
        string folder = Directory.CreateTempSubdirectory("roast-genai-").FullName, text = Path.Combine(folder, "libonnxruntime-genai.so");
        try
        {
            var absent = Assert.Throws<RoastException>(() => GenAILibrary.LoadNew(Path.Combine(folder, "absent.so")));
            Assert.Equal(RoastError.NotFound, absent.Kind);
            Assert.Contains("absent.so: there is no such file", absent.Message);
            Assert.Contains("ROAST_GENAI_LIBRARY", absent.Message);
            File.WriteAllText(text, "no library");
            var broken = Assert.Throws<RoastException>(() => GenAILibrary.LoadNew(folder));      // the folder stands for the library in it
            Assert.Contains(text, broken.Message);
            if (OperatingSystem.IsLinux()) Assert.Matches("file too short|invalid ELF header", broken.Message);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    [Fact]
    public void A_library_of_another_kind_is_refused_with_what_it_lacks()
    {
        if (OrtBridge.LoadedPath() is not { } onnxRuntime)
        {
            Assert.Skip("The system does not tell where a library lies.");
            return;
        }
        var e = Assert.Throws<RoastException>(() => GenAILibrary.LoadNew(onnxRuntime));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("is no ONNX Runtime GenAI library", e.Message);
    }

    [Fact]
    public void A_library_of_another_version_is_refused_with_the_functions_that_it_lacks()
    {
        GenAILibrary.Require(GenAILibraryFile.Require());
        var e = Assert.Throws<RoastException>(() => Exports.Check("fake.so", name => name is not ("OgaMtpGenerator_Reset" or "OgaEngineGetCapabilities")));
        Assert.Equal(RoastError.Unsupported, e.Kind);
        Assert.Contains("another version", e.Message);
        Assert.Contains("OgaMtpGenerator_Reset", e.Message);
        Assert.Contains("0.18", e.Message);
        var many = Assert.Throws<RoastException>(() => Exports.Check("fake.so", name => !name.StartsWith("OgaGenerator_", StringComparison.Ordinal)));
        Assert.Contains("more functions", many.Message);
    }

    [Fact]
    public void A_second_library_is_refused_once_one_is_loaded()
    {
        string library = GenAILibraryFile.Require();
        GenAILibrary.Require(library);
        GenAILibrary.Require(null);
        GenAILibrary.Require(library);
        Assert.Contains(library, Assert.Throws<RoastException>(() => GenAILibrary.Require("other.so")).Message);
    }

    [Fact]
    public void The_process_has_one_onnx_runtime_and_genai_uses_it()
    {
        string library = GenAILibraryFile.Require();
        GenAILibrary.Require(library);
        string[] loaded = [.. File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]).Where(path => Path.GetFileName(path).StartsWith("libonnxruntime", StringComparison.Ordinal)).Distinct()];
        Assert.Equal([OrtBridge.LoadedPath()!, library], loaded.Order(StringComparer.Ordinal).OrderBy(path => path == library));
    }
}
