using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Roast.Benchmarks.Ratios;

/// <summary>What the figures were measured on. No host name, no user, no path.</summary>
internal sealed partial record Machine(string Cpu, int Cores)
{
    public static Machine Current() => new(CpuModel(), Environment.ProcessorCount);

    /// <summary>The results folder's name: <c>amd-epyc-7763-2-cores</c>.</summary>
    public string Slug => $"{NotInSlug().Replace(Noise().Replace(Cpu, " ").ToLowerInvariant(), "-").Trim('-')}-{Cores}-{(Cores == 1 ? "core" : "cores")}";

    public string Versions => $"""
        # Versions

        | | |
        |---|---|
        | CPU | {Cpu} |
        | cores that this process may use | {Cores} |
        | operating system | {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()} |
        | .NET | {RuntimeInformation.FrameworkDescription} |
        | vector width of .NET | {System.Numerics.Vector<byte>.Count * 8} bits |
        | ONNX Runtime | {OrtEnv.Instance().GetVersionString()} |

        """;

    static string CpuModel()
    {
        const string Info = "/proc/cpuinfo";
        string? line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")        // Windows
            ?? $"unknown {RuntimeInformation.ProcessArchitecture}";
    }

    /// <summary>Marks, frequency, core count of the socket, and words that every CPU has.</summary>
    [GeneratedRegex(@"\((R|TM)\)|@.*$|\b\d+-Core\b|\b(CPU|Processor)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Noise();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlug();
}
