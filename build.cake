// dotnet tool restore, then: dotnet cake --target=Test (the default), Build, Simd, Kernels, Gpu, Native, Bench, Pack or Clean. --configuration=Debug for the other build.
var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");
const string Solution = "Roast.Onnx.sln";
const string Artifacts = "artifacts/packages";

Task("Clean").Description("Removes what Build and Pack made; restored packages stay.")
    .Does(() =>
{
    DotNetClean(Solution, new DotNetCleanSettings { Configuration = configuration });
    CleanDirectory(Artifacts);
});

Task("Build").Description("Every project, warnings as errors: analyzers, nullable, AOT and trim, missing docs.")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration }));

Task("Test").Description("The README's test command: a project in which no test runs fails.")
    .Does(() =>
{
    int exit = StartProcess("dotnet", $"test -c {configuration}");      // the runner is Microsoft.Testing.Platform: global.json
    if (exit != 0) throw new CakeException(exit, $"dotnet test ended with {exit}; its summary is above.");
});

Task("Simd").Description("The maths with narrower vectors and with none: every path has to give its twin's bits.")
    .IsDependentOn("Build").DoesForEach(new[] { ("EnableAVX2", "128"), ("EnableHWIntrinsic", "none") }, run =>
{
    var settings = new ProcessSettings { Arguments = $"test -c {configuration} --no-build --project tests/unit/Roast.Tests.Unit.csproj" };
    settings.EnvironmentVariables = new Dictionary<string, string> { ["DOTNET_" + run.Item1] = "0", ["ROAST_EXPECT_VECTOR_BITS"] = run.Item2 };
    int exit = StartProcess("dotnet", settings);
    if (exit != 0) throw new CakeException(exit, $"The tests failed with DOTNET_{run.Item1}=0; their summary is above.");
});

Task("Kernels").Description("kernels/*.cu compiled by clang 19 into kernels/ptx, then the tests that execute what was made.")
    .Does(() =>
{
    int exit = StartProcess("dotnet", "msbuild src/Roast.Cuda/Roast.Cuda.csproj -t:Kernels -v:m");
    if (exit == 0) exit = StartProcess("dotnet", $"test -c {configuration} --project tests/kernels/Roast.Tests.Kernels.csproj");
    if (exit != 0) throw new CakeException(exit, "The kernels were not compiled, or a test of them failed; the reason is above.");
});

Task("Gpu").Description("What a machine with a card runs, which needs its driver and nothing else, as artifacts/gpu.tar.gz: docs/cuda.md.")
    .Does(() =>
{
    CleanDirectory("artifacts/gpu");
    foreach (string project in new[] { "tests/kernels/Roast.Tests.Kernels.csproj", "benchmarks/Roast.Benchmarks.Gpu/Roast.Benchmarks.Gpu.csproj" })
        DotNetPublish(project, new DotNetPublishSettings { Configuration = configuration, Runtime = "linux-x64", SelfContained = true, OutputDirectory = "artifacts/gpu" });
    int exit = StartProcess("tar", "czf artifacts/gpu.tar.gz -C artifacts gpu");
    if (exit != 0) throw new CakeException(exit, "tar could not pack artifacts/gpu; its words are above.");
});

Task("Bench").Description("Every ratio of docs/benchmarks.md, interleaved, into benchmarks/results.")
    .IsDependentOn("Build").Does(() =>
{
    int exit = StartProcess("dotnet", $"run -c {configuration} --no-build --project benchmarks -- ratios");
    if (exit != 0) throw new CakeException(exit, $"The benchmarks ended with {exit}; their output is above.");
});

Task("Pack").Description("A package per library and the tool, with symbols, into artifacts/packages. tests/packages installs what this makes.")
    .IsDependentOn("Build").Does(() =>
{
    CleanDirectory(Artifacts);
    int exit = StartProcess("dotnet", $"msbuild build/Pack.proj -v:m -p:Configuration={configuration} -p:PackageOutputPath={MakeAbsolute(Directory(Artifacts))}");
    if (exit != 0) throw new CakeException(exit, $"Packing ended with {exit}; the reason is above.");
    foreach (var package in GetFiles($"{Artifacts}/*.*nupkg")) Information($"{package.GetFilename()}  {new FileInfo(package.FullPath).Length:N0} bytes");
});

Task("Native").Description("libroast for this machine, or --runtime=RID: headers, library, ONNX Runtime beside it, pkg-config and CMake files, into artifacts/native/RID.")
    .Does(() =>
{
    string system = IsRunningOnWindows() ? "win" : IsRunningOnMacOs() ? "osx" : "linux";
    var runtime = Argument("runtime", $"{system}-{System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}");
    var folder = MakeAbsolute(Directory($"artifacts/native/{runtime}"));
    CleanDirectory(folder);
    // Outputs of its own: a build ahead of time and an ordinary one do not disturb each other, and no lock file changes.
    int exit = StartProcess("dotnet", $"publish src/Roast.Native -c Release -r {runtime} -p:PublishAot=true -p:RoastPackageDir={folder}/ --artifacts-path artifacts/aot");
    if (exit != 0) throw new CakeException(exit, $"The publish ended with {exit}; it needs clang or gcc and zlib's headers (CONTRIBUTING.md).");
    foreach (var file in GetFiles($"{folder}/**/*")) Information($"{folder.GetRelativePath(file)}  {new FileInfo(file.FullPath).Length:N0} bytes");
});

RunTarget(target);
