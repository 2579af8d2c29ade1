using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Roast.Tests.Docs;

/// <summary>A C# block as a program of its own.</summary>
static class Example
{
    // As in a new console project, and the namespaces that every program over Roast begins with. What else a block needs, it says.
    const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        global using Roast; global using Roast.Onnx; global using Roast.Tasks;
        """;

    static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    // Everything that this test runs on: .NET, Roast's libraries, and the packages that the project names for the examples.
    static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles a block; fails with the page's lines where it does not.</summary>
    internal static byte[] Compile(CodeSample block)
    {
        var compilation = CSharpCompilation.Create($"Example{block.Line}", [CSharpSyntaxTree.ParseText(Usings, Options), Tree(block)], References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        using var image = new MemoryStream();
        var errors = compilation.Emit(image).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Location.GetMappedLineSpan() is var span ? $"{span.Path}:{span.StartLinePosition.Line + 1}: {found.GetMessage()}" : "").ToArray();
        Assert.True(errors.Length == 0, string.Join('\n', errors));
        return image.ToArray();
    }

    /// <summary>The page's code behind what the marker 'with' says; using directives of both come first.</summary>
    static SyntaxTree Tree(CodeSample block)
    {
        string before = block.Markers.GetValueOrDefault("with", "");
        var (first, second) = (Unit(before), Unit(block.Code));
        string usings = string.Concat(first.Usings.Concat(second.Usings).Select(directive => directive.ToString() + "\n"));
        // The page's own usings stay where they are as blank space, so that its line numbers hold.
        char[] code = block.Code.ToCharArray();
        foreach (var directive in second.Usings)
            for (int i = directive.SpanStart; i < directive.Span.End; i++) if (code[i] != '\n') code[i] = ' ';
        string rest = before[(first.Usings.LastOrDefault()?.Span.End ?? 0)..];
        return CSharpSyntaxTree.ParseText(SourceText.From($"{usings}{rest}\n#line {block.Line} \"{block.Page.Path}\"\n{new string(code)}\n", System.Text.Encoding.UTF8), Options);
    }

    static CompilationUnitSyntax Unit(string code) => CSharpSyntaxTree.ParseText(code, Options).GetCompilationUnitRoot();

    /// <summary>Runs a compiled block in this process and gives what it wrote.</summary>
    internal static string Run(byte[] image)
    {
        var context = new AssemblyLoadContext("example", isCollectible: true);
        var before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            var entry = context.LoadFromStream(new MemoryStream(image)).EntryPoint!;
            entry.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], culture: null);
            return output.ToString();
        }
        finally
        {
            Console.SetOut(before);
            context.Unload();
        }
    }
}
