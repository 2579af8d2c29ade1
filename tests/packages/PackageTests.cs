using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Packages;

/// <summary>What `dotnet cake --target=Pack` makes, looked into and installed.</summary>
public class PackageTests(Packed packed) : IClassFixture<Packed>
{
    public static TheoryData<string> Libraries => [.. Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name != "Roast.Native").Order()];

    [Theory, MemberData(nameof(Libraries))]
    public void A_package_has_readme_licence_repository_and_symbols_and_names_nobodys_machine(string name)
    {
        using var package = ZipFile.OpenRead(Path.Combine(packed.Packages, $"{name}.{packed.Version}.nupkg"));
        string text = Read(package, $"{name}.nuspec");
        var metadata = XDocument.Parse(text).Root!.Elements().Single();
        string? Of(string element) => metadata.Elements().SingleOrDefault(x => x.Name.LocalName == element)?.Value;
        Assert.Equal((name, packed.Version, "MIT", "README.md"), (Of("id"), Of("version"), Of("license"), Of("readme")));
        Assert.False(string.IsNullOrWhiteSpace(Of("description")));
        Assert.False(string.IsNullOrWhiteSpace(Of("tags")));
        Assert.DoesNotContain(Repository.Root, text);
        Assert.Equal("git", metadata.Elements().Single(x => x.Name.LocalName == "repository").Attribute("type")!.Value);
        Assert.Equal(File.ReadAllText(Repository.Path("README.md")), Read(package, "README.md"));

        bool isTool = name == "Roast.Cli";
        string library = isTool ? "tools/net10.0/any/roast" : $"lib/net10.0/{name}";
        Assert.NotNull(package.GetEntry($"{library}.dll"));
        if (!isTool) Assert.NotNull(package.GetEntry($"{library}.xml"));
        using var symbols = ZipFile.OpenRead(Path.Combine(packed.Packages, $"{name}.{packed.Version}.snupkg"));
        Assert.NotNull(symbols.GetEntry($"{library}.pdb"));
    }

    [Fact]
    public async Task A_fresh_program_over_the_package_prints_what_the_readme_says()
    {
        string app = packed.Folder("app");
        File.WriteAllText(Path.Combine(app, "app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup><PackageReference Include="Roast.Onnx" Version="{packed.Version}" /></ItemGroup>
            </Project>
            """);
        string readme = File.ReadAllText(Repository.Path("README.md")).ReplaceLineEndings("\n");
        int start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        string example = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        File.WriteAllText(Path.Combine(app, "Program.cs"), $"using Roast;\nusing Roast.Onnx;\n{example}");

        await packed.Run("dotnet", app, "build", "-c", "Release", "-v:m");
        Assert.Equal("732842", await packed.Run("dotnet", Repository.Root, Path.Combine(app, "bin", "Release", "net10.0", "app.dll")));
        Assert.Contains($"prints `732842`", readme);
    }

    [Fact]
    public async Task The_installed_tool_knows_its_version_and_runs_the_demo_on_the_model_that_it_carries()
    {
        string place = packed.Folder("tool");
        await packed.Run("dotnet", place, "tool", "install", "Roast.Cli", "--tool-path", place, "--version", packed.Version);
        string roast = Path.Combine(place, OperatingSystem.IsWindows() ? "roast.exe" : "roast"), elsewhere = packed.Folder("elsewhere");

        string version = XDocument.Load(Repository.Path("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.StartsWith(version, await packed.Run(roast, elsewhere, "--version"));        // packed under another version, built as this one

        var demo = JsonDocument.Parse(await packed.Run(roast, elsewhere, "demo", "--json")).RootElement;
        var test = demo.GetProperty("test");
        Assert.InRange(test.GetProperty("steered").GetProperty("accuracy").GetDouble(), 0.85, 1);
        Assert.InRange(test.GetProperty("baseline").GetProperty("accuracy").GetDouble(), 0.40, 0.45);
        Assert.True(File.Exists(Path.Combine(elsewhere, "careful.safetensors")));
        Assert.Equal("842", (await packed.Run(roast, elsewhere, "run", "457+385=", "--vector", "careful.safetensors")).Trim());
    }

    static string Read(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
