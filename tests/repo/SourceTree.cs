using System.Diagnostics;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Repo;

/// <summary>The files of the repository, named by their paths from its root, with '/'.</summary>
static class SourceTree
{
    static readonly string[] Made = ["bin", "obj", "artifacts", "BenchmarkDotNet.Artifacts", "TestResults"];

    /// <summary>Files below a folder with one of these endings, without what a build makes; none where the folder is absent.</summary>
    internal static IEnumerable<string> Files(string folder, params string[] endings)
    {
        string root = Repository.Path(folder);
        if (!Directory.Exists(root)) return [];
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)) && !path.Split('/').Intersect(Made).Any())
            .Order(StringComparer.Ordinal);
    }

    internal static string Text(string path) => File.ReadAllText(Repository.Path(path));

    internal static int Lines(string path) => File.ReadLines(Repository.Path(path)).Count();

    /// <summary>What git tracks; skips the test where there is no git or no clone.</summary>
    internal static string[] Tracked()
    {
        try
        {
            var start = new ProcessStartInfo("git", ["-c", "core.quotepath=off", "ls-files", "-z"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            string output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            if (git.ExitCode == 0) return output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
            Assert.Skip($"git ls-files ended with {git.ExitCode}: this is not a clone, so nothing tells which files travel with the repository.");
        }
        catch (System.ComponentModel.Win32Exception) { Assert.Skip("git is not installed, so nothing tells which files travel with the repository."); }
        return [];
    }

    /// <summary>The text of a tracked file; <c>null</c> where it is binary or deleted.</summary>
    internal static string? TextOrNull(string path)
    {
        if (!File.Exists(Repository.Path(path))) return null;
        byte[] bytes = File.ReadAllBytes(Repository.Path(path));
        return bytes.AsSpan(0, Math.Min(bytes.Length, 8000)).Contains((byte)0) ? null : System.Text.Encoding.UTF8.GetString(bytes);
    }

    internal static void AssertNone(IEnumerable<string> offences, string rule)
    {
        string[] found = [.. offences];
        if (found.Length > 0) Assert.Fail($"{rule}\n{string.Join('\n', found.Take(20))}{(found.Length > 20 ? $"\n... {found.Length} in all" : "")}");
    }
}
