using System.Runtime.InteropServices;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>libroast, published ahead of time once per test run, and programs that use it. Later runs without a change take seconds.</summary>
internal static class PublishedLibrary
{
    static readonly Lazy<string> s_log = new(Publish);

    static string Rid => $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The package's folder: include, lib.</summary>
    public static string Folder => Repository.Path("artifacts", "tests", "native", Rid);

    public static string Library => Path.Combine(Folder, "lib", "libroast.so");

    static string Programs => Repository.Path("artifacts", "tests", "programs");

    /// <summary>Publishes; skips where this machine cannot, fails where CI=true promises that it can.</summary>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The published library is tested on Linux.");
        if (Environment.GetEnvironmentVariable("ROAST_SKIP_AOT") == "1") Assert.Skip("ROAST_SKIP_AOT=1: the library is not published.");
        Compiler.Require("cc", "it links the library and compiles the C programs");
        string log = s_log.Value;
        // Without the compiler package (no network, an empty cache) there is nothing to test, and that is not this code's fault.
        if (log.Contains("NU1101") || log.Contains("NU1301"))
        {
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)) Assert.Fail(log);
            Assert.Skip("The ahead-of-time compiler's package could not be restored: " + log);
        }
        Assert.True(File.Exists(Library), log);
    }

    /// <summary>Compiles one source file against the package; returns the program.</summary>
    public static string Compile(string compiler, string flags, string source, string name)
    {
        Directory.CreateDirectory(Programs);
        string program = Path.Combine(Programs, name);
        Compiler.Run(compiler, $"{flags} -Wall -Wextra -Werror -I \"{Folder}/include\" -o \"{program}\" \"{Repository.Path(source)}\" -L \"{Folder}/lib\" -lroast \"-Wl,-rpath,{Folder}/lib\"");
        return program;
    }

    static string Publish()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        // Outputs of its own: the build that is being tested is not touched. No servers: they would keep our pipes open.
        return Compiler.Try("dotnet", $"publish src/Roast.Native -c Release -r {Rid} -p:PublishAot=true -p:RoastPackageDir={Folder}/ --artifacts-path artifacts/aot --disable-build-servers",
            TimeSpan.FromMinutes(15), environment: [("DOTNET_CLI_UI_LANGUAGE", "en"), ("MSBUILDDISABLENODEREUSE", "1")]).Output;
    }
}
