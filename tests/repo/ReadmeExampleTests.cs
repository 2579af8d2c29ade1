using Roast.Onnx;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>What the README shows is this code, and it does what the README says. Paths in it start at the repository's root.</summary>
[Collection(nameof(ProcessState))]
public class ReadmeExampleTests : IDisposable
{
    readonly string _before = Directory.GetCurrentDirectory();

    public ReadmeExampleTests() => Directory.SetCurrentDirectory(Repository.Root);

    public void Dispose() => Directory.SetCurrentDirectory(_before);

    [Fact]
    public async Task The_first_example_prints_the_sloppy_sum_and_the_right_one()
    {
        using var output = new StringWriter();
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            // <readme>
            using var model = SteerableModel.Open("models/two-annotators");
            var careful = SteeringVector.Load("models/two-annotators/careful.safetensors");
            foreach (var steering in (Steering?[])[null, careful.At(0.5f)])
                await foreach (var text in model.GenerateAsync("457+385=", new() { Steering = steering }))
                    Console.Write(text);
            // </readme>
        }
        finally
        {
            Console.SetOut(before);
        }
        Assert.Equal("732842", output.ToString());
        Assert.Contains($"prints `{output}`", SourceTree.Text("README.md"));
        AssertShown(example: 0);
    }

    [Fact]
    public async Task The_second_example_fits_the_vector_that_the_first_one_loads()
    {
        string folder = Directory.CreateTempSubdirectory("roast-readme-").FullName;
        try
        {
            // <readme>
            using var model = SteerableModel.Open("models/two-annotators");
            var task = RoastTask.Load("exact", "models/two-annotators/problems/train.jsonl");
            SteeringVector vector = await Roaster.FitAsync(model, task, new RoastOptions { MaxAnswerTokens = 8 });
            vector.Save(Path.Combine(folder, "careful.safetensors"));
            // </readme>
            var shipped = SteeringVector.Load("models/two-annotators/careful.safetensors");
            Assert.Empty(model.Check(shipped));
            Assert.Equal(shipped.Points, vector.Points);
            foreach (var point in vector.Points)
                Near.EqualToScale(shipped[point].Span, vector[point].Span, Tolerance.OtherProcessor, point.ToString());
            Assert.True(File.Exists(Path.Combine(folder, "careful.safetensors")));
            AssertShown(example: 1, ("Path.Combine(folder, \"careful.safetensors\")", "\"careful.safetensors\""));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The lines between this file's markers are the README's C# block of that number.</summary>
    static void AssertShown(int example, params (string Here, string There)[] differences)
    {
        string code = Between(SourceTree.Text("tests/repo/ReadmeExampleTests.cs"), "// <readme>\n", "// </readme>", example);
        string shown = Between(SourceTree.Text("README.md"), "```csharp\n", "```", example);
        foreach (var (here, there) in differences) code = code.Replace(here, there, StringComparison.Ordinal);
        Assert.Equal(Lines(shown), Lines(code));
    }

    static string Between(string text, string start, string end, int number)
    {
        int at = -1;
        for (int i = 0; i <= number; i++) at = text.IndexOf(start, at + 1, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{start.Trim()}' number {number} is missing");
        int begin = at + start.Length;
        return text[begin..text.IndexOf(end, begin, StringComparison.Ordinal)];
    }

    static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}

/// <summary>Tests that change the current folder or the console: nothing runs beside them.</summary>
[CollectionDefinition(nameof(ProcessState), DisableParallelization = true)]
public class ProcessState;
