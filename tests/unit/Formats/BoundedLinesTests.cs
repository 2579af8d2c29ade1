using System.Text;
using Roast.Formats;
using Xunit;

namespace Roast.Tests.Unit.Formats;

public class BoundedLinesTests
{
    public static TheoryData<int> Lengths => new(0, 1, 65_535, 65_536, 65_537, 200_000);                    // seams of the reader's chunk

    [Theory, MemberData(nameof(Lengths))]
    public void Lines_of_any_length_come_back_and_one_byte_above_the_limit_is_refused(int length)
    {
        string line = new('x', length);
        string[] Read(int limit)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes($"{line}\nsecond\n\n{line}"));
            return [.. BoundedLines.Read(stream, "file", limit).Select(bytes => Encoding.UTF8.GetString(bytes.Span))];
        }
        string[] expected = length == 0 ? [line, "second", ""] : [line, "second", "", line];
        Assert.Equal(expected, Read(Math.Max(length, 6)));
        if (length > 6) Assert.Contains("file:1", Assert.Throws<RoastException>(() => Read(length - 1)).Message);
    }

    [Fact]
    public void A_file_without_line_ends_is_refused_before_it_fills_memory()
    {
        const int limit = 1 << 20;
        using var stream = new MemoryStream(new byte[16 << 20]);
        Assert.Equal(RoastError.TooLarge, Assert.Throws<RoastException>(() => BoundedLines.Read(stream, "file", limit).Count()).Kind);
        Assert.InRange(stream.Position, limit, 3 * limit);
    }
}
