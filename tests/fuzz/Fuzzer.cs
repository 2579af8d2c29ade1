using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Roast.TestSupport;

namespace Roast.Tests.Fuzz;

/// <summary>
/// Mutates inputs and runs a reader on them, in this process. What it has not seen before (a new refusal, a first success) joins
/// the inputs that are mutated further, so that damage goes deeper than the first check. The same seed gives the same run.
/// </summary>
sealed partial class Fuzzer(Target target, ulong seed)
{
    /// <summary>What an input may cost above a multiple of its size: 64 MB, as docs/hardening.md promises.</summary>
    internal const long MostAllocated = 64_000_000;

    /// <summary>How many bytes may be allocated for each byte of input, beside that.</summary>
    internal const int AllocatedPerByte = 100;

    const int MaxCorpus = 512, OutlineLength = 60;
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    readonly List<byte[]> _corpus = [];
    readonly HashSet<string> _seen = [];

    /// <summary>Inputs that are mutated.</summary>
    internal int CorpusSize => _corpus.Count;

    /// <summary>Inputs that the reader was run on, seeds included.</summary>
    internal long Executions { get; private set; }

    /// <summary>Inputs that the reader took.</summary>
    internal long Accepted { get; private set; }

    /// <summary>The most that one input cost, in bytes of managed memory.</summary>
    internal long WorstAllocation { get; private set; }

    /// <summary>The longest that one input took.</summary>
    internal TimeSpan WorstTime { get; private set; }

    /// <summary>The folder of inputs that once broke a reader, or are hard to reach.</summary>
    internal static string Saved(string target) => Repository.Path("tests", "data", "fuzz", target);

    /// <summary>Runs the seeds, the saved inputs, and then <paramref name="executions"/> mutations.</summary>
    /// <returns>The first finding, with all that is needed to repeat it; <c>null</c>: there was none.</returns>
    internal string? Run(long executions, CancellationToken cancel)
    {
        foreach (byte[] input in target.Seeds()) Keep(input);
        if (Directory.Exists(Saved(target.Name)))
            foreach (string path in Directory.EnumerateFiles(Saved(target.Name)).Order(StringComparer.Ordinal)) Keep(File.ReadAllBytes(path));
        foreach (byte[] input in _corpus.ToArray())
            if (Execute(input, -1) is { } finding) return finding;

        int whole = _corpus.Count;
        var random = new Random((int)(seed ^ (seed >> 32)));
        var mutator = new Mutator(random, [.. target.Words.Select(Encoding.UTF8.GetBytes)]);
        for (long i = 0; i < executions && !cancel.IsCancellationRequested; i++)
        {
            // Half of them from whole inputs: what is damaged already fails early.
            byte[] input = mutator.Mutate(_corpus[random.Next(random.Next(2) == 0 ? whole : _corpus.Count)], _corpus[random.Next(_corpus.Count)]);
            if (target.Repair is { } repair && random.Next(2) == 0) input = repair(input);
            if (Execute(input, i) is { } finding) return finding;
        }
        return null;
    }

    string? Execute(byte[] input, long number)
    {
        long before = GC.GetAllocatedBytesForCurrentThread(), begin = Stopwatch.GetTimestamp();
        string outcome;
        Executions++;
        try
        {
            target.Read(input);
            Accepted++;
            outcome = "accepted";
        }
        catch (RoastException e) { outcome = Outline(e); }
        catch (Exception e) { return Finding(input, number, e.ToString()); }
        var took = Stopwatch.GetElapsedTime(begin);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        (WorstAllocation, WorstTime) = (Math.Max(WorstAllocation, allocated), took > WorstTime ? took : WorstTime);
        if (allocated > MostAllocated + (long)AllocatedPerByte * input.Length) return Finding(input, number, $"{allocated} bytes allocated for {input.Length}: {outcome}");
        if (took > MostTime) return Finding(input, number, $"took {took.TotalSeconds:F1} s for {input.Length} bytes: {outcome}");
        if (number >= 0 && _corpus.Count < MaxCorpus && _seen.Add(outcome)) _corpus.Add(input);
        return null;
    }

    void Keep(byte[] input)
    {
        if (input.Length <= Mutator.MaxBytes) _corpus.Add(input);
    }

    string Finding(byte[] input, long number, string what)
    {
        string folder = Path.Combine(Path.GetTempPath(), "roast-fuzz");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{target.Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}.bin");
        File.WriteAllBytes(path, input);
        return $"{target.Name}, seed {seed}, execution {number}: {what}\nThe input ({input.Length} bytes) is {path}: put it into tests/data/fuzz/{target.Name}, and mend the reader.";
    }

    // The words of a refusal without what is quoted from the input: what differs between refusals of one kind.
    static string Outline(RoastException e)
    {
        string words = Quoted().Replace(e.Message, "");
        return $"{e.Kind} {words[..Math.Min(words.Length, OutlineLength)]}";
    }

    [GeneratedRegex("'.*'|\".*\"|[^a-z ]")]
    private static partial Regex Quoted();
}
