using System.Diagnostics;
using Roast.Formats;
using Xunit;

namespace Roast.Tests.Unit.Formats;

/// <summary>Damaged files give RoastException and cost little memory, whatever the damage.</summary>
public class SafetensorsDamageTests
{
    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        byte[] whole = SafetensorsCases.Bytes("metadata.safetensors");
        for (int length = 0; length < whole.Length; length++)
        {
            var e = Assert.Throws<RoastException>(() => SafetensorsHeader.Read(new MemoryStream(whole, 0, length), "cut"));
            Assert.Equal(RoastError.BadFile, e.Kind);
        }
    }

    [Fact]
    public void Random_damage_gives_no_other_exception_and_allocates_in_proportion()
    {
        const int Seed = 20240717, Cases = 20_000;
        var random = new Random(Seed);
        byte[][] whole = [.. new[] { "f32", "metadata", "shapes", "names", "order_differs", "json_deep" }.Select(x => SafetensorsCases.Bytes(x + ".safetensors"))];
        byte[] telling = [.. "{}[]\",:-0129.eE\\u \0"u8, 0x7f, 0xff];
        (int refused, var clock) = (0, Stopwatch.StartNew());
        for (int i = 0; i < Cases && clock.ElapsedMilliseconds < 1500; i++)
        {
            byte[] bytes = [.. whole[random.Next(whole.Length)]];
            int header = Math.Min(bytes.Length, 8 + BitConverter.ToInt32(bytes));
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(10) == 0 ? random.Next(8) : random.Next(8, header)] = random.Next(2) == 0 ? telling[random.Next(telling.Length)] : (byte)random.Next(256);
            var stream = new MemoryStream(bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try { SafetensorsHeader.Read(stream, "damaged"); }
            catch (RoastException e) when (e.Kind == RoastError.BadFile) { refused++; }
            catch (Exception e) { Assert.Fail($"seed {Seed}, case {i}: {e}"); }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 40_000 + 12 * bytes.Length, $"seed {Seed}, case {i}: {allocated} bytes allocated for a file of {bytes.Length}.");
        }
        Assert.True(refused > 500, $"Only {refused} damaged files were refused: the damage is too mild to prove anything.");
    }

    [Fact]
    public void A_claimed_header_of_100_megabytes_allocates_nothing_where_the_file_is_short()
    {
        byte[] bytes = [.. BitConverter.GetBytes((ulong)SafetensorsHeader.MaxHeaderBytes), (byte)'{', (byte)'}'];
        Assert.Throws<RoastException>(() => SafetensorsHeader.Read(new MemoryStream(bytes), "short"));      // warms up
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RoastException>(() => SafetensorsHeader.Read(new MemoryStream(bytes), "short"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000);
    }

    [Fact]
    public void The_densest_header_allocates_a_small_multiple_of_its_size()
    {
        var json = new System.Text.StringBuilder("{");
        for (int i = 0; i < 5000; i++) json.Append(i == 0 ? "" : ",").Append($$"""
            "{{i}}":{"dtype":"U8","shape":[0],"data_offsets":[0,0] }
            """);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(json.Append('}').ToString());
        byte[] bytes = [.. BitConverter.GetBytes((ulong)text.Length), .. text];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(5000, SafetensorsHeader.Read(new MemoryStream(bytes), "dense").Tensors.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 12 * text.Length);
    }
}
