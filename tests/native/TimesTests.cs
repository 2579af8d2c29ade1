using System.Diagnostics;
using System.Runtime.InteropServices;
using Roast.Native;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>The figures of docs/native.md. Nothing is asserted about time: ROAST_TIMES=1 writes artifacts/tests/native-times.txt.</summary>
public unsafe class TimesTests
{
    const int Tokens = 100, Rounds = 60;

    [Fact]
    public void The_published_library_is_timed_beside_the_managed_api_in_one_process_round_by_round()
    {
        if (Environment.GetEnvironmentVariable("ROAST_TIMES") != "1") Assert.Skip("Opt in by ROAST_TIMES=1.");
        PublishedLibrary.Require();
        string probe = PublishedLibrary.Compile("cc", "-std=c11 -O2", "tests/native/c/probe.c", "probe");
        var starts = Enumerable.Range(0, 15).Select(_ => Compiler.Run(probe, $"\"{Repository.DefaultModel}\" \"{Api.Vector}\" times 1").Split('\n'));
        var figures = starts.SelectMany(x => x).Select(line => line.Split(' ')).Where(x => x.Length == 2 && x[0] != "tokens_per_second").ToLookup(x => x[0], x => double.Parse(x[1]));
        var report = figures.Select(x => $"{x.Key} median {Median(x):F1} least {x.Min():F1} most {x.Max():F1} of {x.Count()}").Append($"library_bytes {new FileInfo(PublishedLibrary.Library).Length}").Concat(Speed());
        string path = Repository.Path("artifacts", "tests", "native-times.txt");
        File.WriteAllLines(path, report);
        Assert.True(File.Exists(path));
    }

    static IEnumerable<string> Speed()
    {
        nint native = NativeLibrary.Load(PublishedLibrary.Library);
        var open = (delegate* unmanaged[Cdecl]<byte*, OpenOptions*, nint*, int>)NativeLibrary.GetExport(native, "roast_model_open");
        var generate = (delegate* unmanaged[Cdecl]<nint, int*, nuint, GenerateOptions*, void*, void*, Outcome*, int>)NativeLibrary.GetExport(native, "roast_generate");
        nint handle = 0;
        fixed (byte* folder = Api.Zero(Repository.DefaultModel)) Assert.Equal(0, open(folder, null, &handle));
        using var model = SteerableModel.Open(Repository.DefaultModel);
        int[] ids = model.EncodePrompt("457+385=");
        var managed = new GenerationOptions { MaxTokens = Tokens, IgnoreEnd = true };
        var options = Api.Sized<GenerateOptions>();
        (options.MaxTokens, options.IgnoreEnd) = (Tokens, 1);
        var (inLibrary, inManaged) = (new List<double>(), new List<double>());
        for (int round = -10; round < Rounds; round++)       // ten to warm up, and for the JIT to settle
        {
            long start = Stopwatch.GetTimestamp();
            fixed (int* p = ids) Assert.Equal(0, generate(handle, p, (nuint)ids.Length, &options, null, null, null));
            double first = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            model.Complete(ids, managed);
            double second = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round < 0) continue;
            inLibrary.Add(Tokens / first);
            inManaged.Add(Tokens / second);
        }
        return [$"tokens_per_second library median {Median(inLibrary):F0} best {inLibrary.Max():F0}", $"tokens_per_second managed median {Median(inManaged):F0} best {inManaged.Max():F0}",
            $"ratio library/managed median of rounds {Median(inLibrary.Zip(inManaged, (x, y) => x / y)):F3}, of bests {inLibrary.Max() / inManaged.Max():F3}"];
    }

    static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
