using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>Arrows between projects point one way: Core, then Graph, Text, Tasks, then Onnx, then what serves users.</summary>
public partial class LayeringTests
{
    static readonly string[] Middle = ["Roast.Core", "Roast.Graph", "Roast.Text", "Roast.Tasks"];
    static readonly string[] Runtime = [.. Middle, "Roast.Onnx"];

    static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Roast.Core"] = [],
        ["Roast.Graph"] = ["Roast.Core"],
        ["Roast.Text"] = ["Roast.Core"],
        ["Roast.Tasks"] = ["Roast.Core"],
        ["Roast.Onnx"] = Middle,
        ["Roast.Cuda"] = Runtime,
        ["Roast.GenAI"] = Runtime,
        ["Roast.Extensions.AI"] = Runtime,
        ["Roast.Cli"] = [.. Runtime, "Roast.Cuda", "Roast.GenAI"],
        ["Roast.Native"] = [.. Runtime, "Roast.Cuda", "Roast.GenAI"],
    };

    static readonly string[] KnowOnnxRuntime = ["Roast.Onnx", "Roast.Cuda", "Roast.GenAI"];

    static IEnumerable<(string Name, string Path)> Projects() => SourceTree.Files("src", ".csproj").Select(path => (Path.GetFileNameWithoutExtension(path), path));

    static IEnumerable<string> References(string path, string item) =>
        XDocument.Parse(SourceTree.Text(path)).Descendants(item).Select(x => x.Attribute("Include")!.Value.Replace('\\', '/'));

    [Fact]
    public void Every_project_of_src_references_only_the_layers_below_it()
    {
        Assert.True(Projects().Count() >= 6, "The projects of src were not found.");
        SourceTree.AssertNone(Projects().SelectMany(project => MayReference.TryGetValue(project.Name, out var allowed)
            ? References(project.Path, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(allowed).Select(x => $"{project.Path} references {x}")
            : [$"{project.Path} has no layer: give it one here"]),
            "A project may reference the layers below it only; move the code, or the interface, down:");
    }

    [Fact]
    public void Only_the_runtime_knows_onnx_runtime()
    {
        var projects = Projects().Where(x => !KnowOnnxRuntime.Contains(x.Name)).ToArray();
        var packages = projects.SelectMany(x => References(x.Path, "PackageReference")
            .Where(package => package.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.Ordinal) || package.Contains("RoastOnnxRuntimePackage")).Select(package => $"{x.Path} references {package}"));
        var usings = projects.SelectMany(x => SourceTree.Files(Path.GetDirectoryName(x.Path)!, ".cs").Where(file => OnnxRuntimeUsing().IsMatch(SourceTree.Text(file))));
        SourceTree.AssertNone(packages.Concat(usings), "Sessions are opened in Roast.Onnx, Roast.Cuda and Roast.GenAI only:");
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_has_its_lock_file()
    {
        string solution = SourceTree.Text("Roast.Onnx.sln").Replace('\\', '/');
        var projects = new[] { "src", "tests", "benchmarks", "samples" }.SelectMany(folder => SourceTree.Files(folder, ".csproj")).ToArray();
        SourceTree.AssertNone(projects.Where(x => !solution.Contains($"\"{x}\"")), "A project outside the solution is neither built nor tested; run 'dotnet sln add':");
        SourceTree.AssertNone(projects.Where(x => !File.Exists(TestSupport.Repository.Path(Path.GetDirectoryName(x)!, "packages.lock.json"))), "A locked restore needs packages.lock.json; restore, then commit it:");
    }

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+|\w+\s*=\s*)?(global::)?Microsoft\.ML\.OnnxRuntime", RegexOptions.Multiline)]
    private static partial Regex OnnxRuntimeUsing();
}
