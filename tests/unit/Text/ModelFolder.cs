namespace Roast.Tests.Unit.Text;

/// <summary>A folder with a few files that is gone after the test.</summary>
internal sealed class ModelFolder : IDisposable
{
    internal ModelFolder(params ReadOnlySpan<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files) File.WriteAllText(System.IO.Path.Combine(Path, name), text);
    }

    internal string Path { get; } = Directory.CreateTempSubdirectory("roast-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
