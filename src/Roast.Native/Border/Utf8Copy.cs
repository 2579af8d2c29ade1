using System.Runtime.InteropServices;
using System.Text;

namespace Roast.Native;

/// <summary>A text as zero-terminated UTF-8 for the time of one callback.</summary>
internal unsafe ref struct Utf8Copy : IDisposable
{
    public Utf8Copy(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Bytes = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(Bytes, length));
        (Bytes[length], Length) = (0, (nuint)length);
    }

    public byte* Bytes { get; private set; }

    /// <summary>Bytes, the zero left out.</summary>
    public nuint Length { get; }

    public void Dispose()
    {
        NativeMemory.Free(Bytes);
        Bytes = null;
    }
}
