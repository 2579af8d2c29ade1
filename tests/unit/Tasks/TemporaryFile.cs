using System.Text;

namespace Roast.Tests.Unit.Tasks;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    internal TemporaryFile(string text) : this(Encoding.UTF8.GetBytes(text)) { }

    internal TemporaryFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    internal string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
