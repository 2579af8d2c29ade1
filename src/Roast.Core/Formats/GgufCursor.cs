using System.Buffers.Binary;
using System.Text;

namespace Roast.Formats;

/// <summary>
/// Reads the primitive values of a GGUF header through a small buffer. Nothing is allocated, and no loop begins, before a
/// count has been compared with the bytes that are left.
/// </summary>
sealed class GgufCursor
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Stream _stream;
    readonly string _file;
    readonly byte[] _buffer = new byte[16 * 1024];
    readonly long _length;
    int _next, _filled;

    internal GgufCursor(Stream stream, string file)
    {
        (_stream, _file, _length) = (stream, file, stream.Length);
        stream.Position = 0;
    }

    /// <summary>Bytes read so far: the offset of the next one in the file.</summary>
    internal long Position { get; private set; }

    internal long Left => _length - Position;

    internal byte Byte(string what) => Take(1, what)[0];
    internal ushort UInt16(string what) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, what));
    internal uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));
    internal ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, what));

    /// <summary>A count of things that take at least <paramref name="leastBytes"/> bytes each.</summary>
    internal int Count(string what, int leastBytes, int atMost) => Checked(UInt64(what), what, leastBytes, atMost);

    internal int Checked(ulong count, string what, int leastBytes, int atMost)
    {
        if (count > (ulong)(Left / leastBytes)) throw BadGguf.File(_file, $"{what} is {count}, but {Left} bytes are left", $"at most {Left / leastBytes}");
        return count <= (ulong)atMost ? (int)count : throw BadGguf.File(_file, $"{what} is {count}", $"at most {atMost}");
    }

    /// <summary>A length and as many bytes of UTF-8.</summary>
    internal string Text(string what, int atMost)
    {
        int length = Count($"the length of {what}", 1, atMost);
        if (length == 0) return "";
        try
        {
            if (length <= _buffer.Length) return StrictUtf8.GetString(Take(length, what));
            byte[] bytes = new byte[length];
            for (int at = 0; at < length; at += _buffer.Length)
            {
                int part = Math.Min(_buffer.Length, length - at);
                Take(part, what).CopyTo(bytes.AsSpan(at));
            }
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e) { throw BadGguf.File(_file, $"{what} at byte {Position - length} is not UTF-8", "text", e); }
    }

    ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > Left) throw BadGguf.File(_file, $"the file ends at byte {_length}, inside {what}", $"{count - Left} bytes more");
        if (_filled - _next < count)
        {
            _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
            (_filled, _next) = (_filled - _next, 0);
            _filled += _stream.ReadAtLeast(_buffer.AsSpan(_filled), count - _filled, throwOnEndOfStream: false);
            if (_filled < count) throw BadGguf.File(_file, "the file became shorter while it was read", "a file that nobody writes to");
        }
        var taken = _buffer.AsSpan(_next, count);
        (_next, Position) = (_next + count, Position + count);
        return taken;
    }
}
