using System.Text;

namespace Roast.Native;

/// <summary>Short names inside structs: cut between characters, always zero-terminated.</summary>
internal static class FixedText
{
    public static void Write(string text, Span<byte> destination)
    {
        destination.Clear();
        Encoding.UTF8.GetEncoder().Convert(text, destination[..^1], flush: true, out _, out _, out _);
    }
}
