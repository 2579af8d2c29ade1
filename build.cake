// dotnet tool restore, then: dotnet cake --target=Test (the default), Build, Pack or Clean. --configuration=Debug for the other build.
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

Task("Pack").Description("A package per packable project of src, into artifacts/packages; fails where one lacks its readme or licence.")
    .IsDependentOn("Build").Does(() =>
{
    CleanDirectory(Artifacts);
    foreach (var project in GetFiles("src/*/*.csproj"))
        DotNetPack(project.FullPath, new DotNetPackSettings { Configuration = configuration, NoBuild = true, OutputDirectory = Artifacts });
    foreach (var package in GetFiles($"{Artifacts}/*.nupkg")) Information(package.GetFilename());
});

RunTarget(target);
