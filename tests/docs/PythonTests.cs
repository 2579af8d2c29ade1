using System.Diagnostics;
using Roast.Files;
using Xunit;

namespace Roast.Tests.Docs;

/// <summary>The page's Python runs against a file that Roast wrote, and Roast reads what it writes.</summary>
public class PythonTests
{
    const string Python = "/usr/bin/python3";

    [Fact]
    public void The_block_of_the_format_reads_and_writes_vector_files_with_numpy_alone()
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import numpy").Exit == 0, $"{Python} with numpy is not installed here (Debian: python3-numpy).");
        var block = Assert.Single(CodeSample.Of("python"));
        string folder = Directory.CreateTempSubdirectory("roast-python").FullName;
        try
        {
            var vector = new SteeringVector([new(new(Site.MlpAct, 0), [3f, -4f]), new(new(Site.ResidPost, 1), [0.1f, 1e-38f, 2f])], new VectorProvenance { Method = "caa" });
            vector.Save(Path.Combine(folder, "v.safetensors"));
            string script = Path.Combine(folder, "block.py");
            File.WriteAllText(script, block.Code);
            var (exit, output, error) = Run(script);
            Assert.True(exit == 0, error);
            Assert.Contains("'mlp_act.0': 5.0", output);
            var halved = SteeringVector.Load(Path.Combine(folder, "halved.safetensors"));
            Assert.Equal(vector.Points, halved.Points);
            foreach (var point in vector.Points) Assert.Equal(vector[point].ToArray().Select(x => x / 2), halved[point].ToArray());
            Assert.Equal("caa", halved.Provenance.Method);
        }
        finally { Directory.Delete(folder, recursive: true); }

        (int Exit, string Output, string Error) Run(params string[] arguments)
        {
            var start = new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = arguments[0] == "-c" ? "/" : Path.GetDirectoryName(arguments[0])! };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
    }
}
