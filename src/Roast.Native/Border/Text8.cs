using System.Runtime.InteropServices;
using System.Text;

namespace Roast.Native;

/// <summary>UTF-8 in both directions, checked: what C gives is untrusted.</summary>
internal static unsafe class Text8
{
    /// <summary>Longest text that is read, in bytes: a length above it is a mistake.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>ROAST_ZERO_TERMINATED of roast.h.</summary>
    public static readonly nuint ZeroTerminated = nuint.MaxValue;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a zero-terminated text.</summary>
    public static string Read(byte* text, string name) => Read(text, ZeroTerminated, name);

    /// <summary>Reads a text that may be absent.</summary>
    public static string? ReadOptional(byte* text, string name) => text == null ? null : Read(text, ZeroTerminated, name);

    /// <summary>Reads a text of <paramref name="length"/> bytes, or up to its zero.</summary>
    /// <exception cref="StatusException"><see cref="Status.Argument"/>: null, too long, or not UTF-8.</exception>
    public static string Read(byte* text, nuint length, string name)
    {
        if (text == null && length == 0) return "";
        if (text == null) throw new StatusException(Status.Argument, $"{name} is NULL; give UTF-8 text.");
        if (length == ZeroTerminated) length = LengthOf(text);
        if (length > MaxBytes) throw new StatusException(Status.Argument, $"{name} has {(length > long.MaxValue ? "more than 2^63" : length.ToString())} bytes; at most {MaxBytes} are read. Check the length that was passed.");
        try { return Strict.GetString(text, (int)length); }
        catch (DecoderFallbackException e) { throw new StatusException(Status.Argument, $"{name} is not UTF-8: {e.Message} Convert it first."); }
    }

    /// <summary>Writes text with a zero behind it into the caller's buffer; always says its length in bytes, the zero left out.</summary>
    /// <exception cref="StatusException"><see cref="Status.Buffer"/>: it does not fit; <see cref="Status.Argument"/>: no place for the length.</exception>
    public static void Write(string text, byte* buffer, nuint capacity, nuint* length)
    {
        if (length == null) throw new StatusException(Status.Argument, "length is NULL; pass the address of a size_t.");
        int bytes = Encoding.UTF8.GetByteCount(text);
        *length = (nuint)bytes;
        if (buffer == null || capacity <= (nuint)bytes)
            throw new StatusException(Status.Buffer, $"The text has {bytes} bytes and a zero; the buffer has room for {(buffer == null ? 0 : capacity)}. Call again with a buffer of length + 1 bytes.");
        Encoding.UTF8.GetBytes(text, new Span<byte>(buffer, bytes));
        buffer[bytes] = 0;
    }

    static nuint LengthOf(byte* text)
    {
        nuint length = 0;
        while (length <= MaxBytes && text[length] != 0) length++;
        return length;
    }
}
