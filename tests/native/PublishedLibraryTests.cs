using Roast.Graph.Export;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>The library as it is shipped, under the plain C compiler: no .NET in the process that uses it.</summary>
public class PublishedLibraryTests
{
    const long MaxLibraryBytes = 10_000_000;                 // DESIGN 8, without ONNX Runtime

    static string Problems => Repository.Path("models", "two-annotators", "problems", "train.jsonl");

    static string Probe(string mode) => Compiler.Run(PublishedLibrary.Compile("cc", "-std=c11 -O2", "tests/native/c/probe.c", "probe"), $"\"{Repository.DefaultModel}\" \"{Api.Vector}\" {mode}");

    [Fact]
    public void The_library_exports_exactly_what_the_header_declares_and_is_below_ten_megabytes()
    {
        PublishedLibrary.Require();
        Compiler.Require("nm", "it lists the library's symbols");
        var exported = Compiler.Run("nm", $"-D --defined-only \"{PublishedLibrary.Library}\"").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[^1].Split('@')[0]).Where(name => name.StartsWith("roast_", StringComparison.Ordinal));
        Assert.Equal(Header.Functions.Select(x => x.Name).Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
        long bytes = new FileInfo(PublishedLibrary.Library).Length;
        Assert.True(bytes <= MaxLibraryBytes, $"libroast.so has {bytes:N0} bytes; the goal is {MaxLibraryBytes:N0}.");
    }

    [Fact]
    public void A_c_program_gets_the_managed_apis_tokens_told_pulled_steered_and_batched()
    {
        PublishedLibrary.Require();
        Assert.Equal(Expected(null), Probe("tokens").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Such weights reach ONNX Runtime by a call of our own, which has to find the library without .NET as well.</summary>
    [Fact]
    public void A_c_program_gets_the_managed_apis_tokens_in_float16()
    {
        PublishedLibrary.Require();
        Assert.Equal(Expected(Precision.Float16), Probe("tokens16").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    static List<string> Expected(Precision? precision)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel, new RuntimeOptions { Precision = precision });
        var half = SteeringVector.Load(Api.Vector).At(0.5f);
        string Ids(string how, string prompt, Steering? steering) => how + string.Concat(model.Complete(model.EncodePrompt(prompt), new() { Steering = steering }).Ids.Select(id => $" {id}"));
        string[] prompts = ["457+385=", "123+989=", "268+154="];
        return [.. prompts.SelectMany(x => new[] { Ids("told", x, null), Ids("told", x, half), Ids("pulled", x, half) }), .. prompts.Select(x => Ids("batched", x, half))];
    }

    [Fact]
    public void Bad_input_from_c_is_refused_and_a_short_soak_ends_well()
    {
        PublishedLibrary.Require();
        Assert.Contains("bad input is refused", Probe("bad"));
        Assert.Contains("soaked", Probe("soak 5 50"));
    }

    [Fact]
    public void The_examples_in_c_cpp_and_python_fit_steer_and_say_the_same()
    {
        PublishedLibrary.Require();
        string c = Compiler.Run(PublishedLibrary.Compile("cc", "-std=c11", "examples/native/c/steer.c", "steer_c"), $"\"{Repository.DefaultModel}\" \"{Problems}\"");
        Assert.Contains("789+456=1135  at strength 0.0\n", c);
        Assert.Contains("789+456=1245  at strength 0.5\n", c);
        Assert.Contains("789+456=1245  at strength 0.0, and 0.5 from the second token on\n", c);
        if (Compiler.Try("c++", "--version").Exit == 0)
            Assert.Equal(Said(c), Said(Compiler.Run(PublishedLibrary.Compile("c++", "-std=c++17", "examples/native/cpp/steer.cpp", "steer_cpp"), $"\"{Repository.DefaultModel}\" \"{Problems}\"")));
        if (Compiler.Try("python3", "--version").Exit == 0)
            Assert.Equal(Said(c), Said(Compiler.Run("python3", $"\"{Repository.Path("examples", "native", "python", "steer.py")}\" \"{Repository.DefaultModel}\" \"{Problems}\"", environment: [("ROAST_LIBRARY", PublishedLibrary.Library), ("PYTHONDONTWRITEBYTECODE", "1")])));
    }

    static string[] Said(string output) => [.. output.Split('\n').Where(line => line.StartsWith("789+456=", StringComparison.Ordinal))];

    [Fact]
    public void The_cmake_package_and_the_pkg_config_file_lead_to_the_library()
    {
        PublishedLibrary.Require();
        string pc = File.ReadAllText(Path.Combine(PublishedLibrary.Folder, "lib", "pkgconfig", "roast.pc"));
        Assert.Contains($"Version: {typeof(SteerableModel).Assembly.GetName().Version!.ToString(3)}", pc);
        if (Compiler.Try("cmake", "--version").Exit != 0) Assert.Skip("'cmake' is absent: the CMake package is not tried.");
        string build = Repository.Path("artifacts", "tests", "cmake");
        Compiler.Run("cmake", $"-S examples/native -B \"{build}\" -DCMAKE_PREFIX_PATH=\"{PublishedLibrary.Folder}\"");
        Compiler.Run("cmake", $"--build \"{build}\"");
        Assert.Contains("1245", Compiler.Run(Path.Combine(build, "steer_c"), $"\"{Repository.DefaultModel}\" \"{Problems}\""));
    }

    [Fact]
    public void A_long_soak_under_the_address_sanitizer_leaks_no_more_than_a_short_one()
    {
        string amounts = Environment.GetEnvironmentVariable("ROAST_SOAK") ?? "";
        if (amounts == "") Assert.Skip("Opt in by ROAST_SOAK='1000 10000' (opens, generate calls); docs/native.md records a run.");
        PublishedLibrary.Require();
        string program = PublishedLibrary.Compile("cc", "-std=c11 -g -fsanitize=address,undefined", "tests/native/c/probe.c", "probe_asan");
        string Run(string mode) => Compiler.Run(program, $"\"{Repository.DefaultModel}\" \"{Api.Vector}\" {mode}", TimeSpan.FromMinutes(30), environment: [("LSAN_OPTIONS", "exitcode=0"), ("LD_LIBRARY_PATH", Path.GetDirectoryName(PublishedLibrary.Library)!)]);
        Assert.Contains("bad input is refused", Run("bad"));
        // The sanitizer calls dlopen in the library's place, so $ORIGIN is not looked at and the path has to be said. The runtime keeps a few things for ever behind pointers that the sanitizer does not follow; their number does not grow.
        string few = Run("soak 10 100"), many = Run("soak " + amounts);
        Assert.Contains("soaked", few);                      // a run that failed early leaks as little
        Assert.Contains("soaked", many);
        Assert.Equal(Leaked(few), Leaked(many));
    }

    static string Leaked(string output) => output.Split('\n').FirstOrDefault(line => line.StartsWith("SUMMARY: AddressSanitizer", StringComparison.Ordinal)) ?? "nothing";
}
