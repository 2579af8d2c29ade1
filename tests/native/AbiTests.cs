using System.Reflection;
using System.Runtime.InteropServices;
using Roast.Native;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Native;

/// <summary>The border does not move: header, exports, structs and the recorded ABI agree.</summary>
public class AbiTests
{
    static string Golden => Repository.Path("tests", "native", "abi.txt");

    internal static string[] EntryPoints() => [.. typeof(LibraryExports).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint).OfType<string>().Order(StringComparer.Ordinal)];

    [Fact]
    public void The_header_declares_exactly_the_exports()
    {
        Assert.True(Header.Functions.Count > 40, "The functions of roast.h were not found.");
        Assert.Equal(EntryPoints(), Header.Functions.Select(x => x.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_export_has_as_many_parameters_as_its_declaration()
    {
        var counts = typeof(LibraryExports).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>() is not null)
            .ToDictionary(method => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()!.EntryPoint!, method => method.GetParameters().Length);
        foreach (var (name, prototype) in Header.Functions)
        {
            string parameters = prototype[(prototype.IndexOf('(') + 1)..^1];
            Assert.True(counts[name] == (parameters == "void" ? 0 : parameters.Split(',').Length), prototype);
        }
    }

    [Fact]
    public void Every_status_has_its_number_and_its_name_in_the_header()
    {
        var declared = Header.Constants.Where(x => x.Name is "ROAST_OK" or "ROAST_END" || x.Name.StartsWith("ROAST_E_", StringComparison.Ordinal)).Select(x => (x.Name, x.Value));
        Assert.Equal(Enum.GetValues<Status>().Select(x => (LibraryExports.NameOf(x), (int)x)), declared);
        Assert.All(Enum.GetValues<RoastError>(), x => Assert.True(Enum.IsDefined((Status)x), $"{x} has no status."));
    }

    [Fact]
    public void The_c_compiler_lays_the_structs_out_as_the_library_does()
    {
        Compiler.Require("cc", "it compiles a program that prints sizeof and offsetof");
        string folder = Repository.Path("artifacts", "tests", "layout");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "layout.c"), Layouts.CProgram());
        Compiler.Run("cc", $"-std=c11 -Wall -Werror -I \"{Path.GetDirectoryName(Header.Path)}\" -o layout layout.c", folder: folder);
        Assert.Equal(Layouts.Managed(), Compiler.Run(Path.Combine(folder, "layout"), "").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Nothing_that_was_published_has_changed()
    {
        string[] now = [.. Lines().Order(StringComparer.Ordinal)];
        string[] recorded = File.Exists(Golden) ? File.ReadAllLines(Golden) : [];
        // A struct that grew keeps its fields' offsets: its recorded line is then the beginning of the new one.
        string[] gone = [.. recorded.Where(line => !now.Any(x => x == line || (line.StartsWith("struct ", StringComparison.Ordinal) && Grew(line, x))))];
        Assert.True(gone.Length == 0, "The ABI may grow and never change; give a new function or field another name instead of changing these:\n" + string.Join('\n', gone));
        if (Environment.GetEnvironmentVariable("ROAST_UPDATE_ABI") == "1") File.WriteAllText(Golden, string.Join('\n', now) + '\n');
        else Assert.True(recorded.SequenceEqual(now), "The ABI grew. Run this test with ROAST_UPDATE_ABI=1 and commit tests/native/abi.txt:\n" + string.Join('\n', now.Except(recorded)));
    }

    [Theory]
    [InlineData("struct roast_pair 24: prompt@0 right@8", "struct roast_pair 32: prompt@0 right@8 more@16", true)]
    [InlineData("struct roast_pair 24: prompt@0 right@8", "struct roast_pair 32: more@0 prompt@8 right@16", false)]
    [InlineData("struct roast_pair 24: prompt@0 right@8", "struct roast_row 32: prompt@0 right@8", false)]
    public void A_struct_may_grow_at_its_end_only(string recorded, string now, bool grew) => Assert.Equal(grew, Grew(recorded, now));

    static bool Grew(string recorded, string now)
    {
        string[] before = recorded.Split(": "), after = now.Split(": ");
        return after.Length == 2 && before[0].Split(' ')[1] == after[0].Split(' ')[1] && (after[1] + " ").StartsWith(before[1] + " ", StringComparison.Ordinal);
    }

    static IEnumerable<string> Lines() =>
    [
        .. Header.Functions.Select(x => "function " + x.Prototype), .. Header.Callbacks.Select(x => "callback " + x),
        .. Header.Constants.Select(x => $"constant {x.Name} = {x.Value}"), .. Layouts.Managed().Select(x => "struct " + x),
        .. Header.Structs.SelectMany(x => x.Fields.Select(field => $"field {x.Name}.{field.Name}: {field.Type}")), $"version {LibraryExports.AbiVersion}",
    ];
}
