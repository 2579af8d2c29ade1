using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Packages;

/// <summary>The packages of this build in a folder of their own, under a version that nothing else has, so that no cache can stand in for them.</summary>
public sealed class Packed : IAsyncLifetime
{
    readonly string _root = Directory.CreateTempSubdirectory("roast-packages-").FullName;

    /// <summary>The version that was packed.</summary>
    public string Version { get; } = $"0.0.0-test.g{Guid.NewGuid():n}";

    /// <summary>Where the packages lie.</summary>
    public string Packages => Folder("packages");

    /// <summary>A folder beside them, made on first use.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public async ValueTask InitializeAsync()
    {
        // The last folders of this test's own place are the configuration and the framework.
        string configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
        await Run("dotnet", Repository.Root, "msbuild", "build/Pack.proj", "-v:m", $"-p:Configuration={configuration}", $"-p:Version={Version}", $"-p:PackageOutputPath={Packages}");
        // The packages of this build come from here and nowhere else; what they depend on from the machine's cache, or from nuget.org.
        File.WriteAllText(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="here" value="{Packages}" /><add key="nuget.org" value="https://api.nuget.org/v3/index.json" /></packageSources>
              <packageSourceMapping>
                <packageSource key="here"><package pattern="Roast.*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>Runs a program with NuGet's cache in this folder.</summary>
    internal Task<string> Run(string program, string folder, params string[] arguments) => Dotnet.Run(program, folder, Folder("cache"), arguments);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
