using System.Diagnostics;
using Roast.Formats;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Unit.Formats;

/// <summary>Damaged GGUF files give RoastException and cost little memory, whatever the damage.</summary>
public class GgufDamageTests
{
    /// <summary>A small file with one of everything.</summary>
    static MadeGguf Whole => new MadeGguf().Key("general.architecture", "llama").Key("general.alignment", 32u).Key("eps", 1e-5f).Key("texts", ["one", "two"]).Key("numbers", [1, 2, 3])
        .Key("nested", 9, [.. MadeGguf.Array(9, 1), .. MadeGguf.Array(4, 1), 1, 0, 0, 0]).Key("flag", false).Tensor("token_embd.weight", [4, 8], new float[32]).Tensor("blk.0.attn_q.weight", 2, [2, 32], new byte[36]);

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        byte[] whole = Whole.ToBytes();
        GgufHeader.Read(new MemoryStream(whole), "whole");
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => GgufHeader.Read(new MemoryStream(whole, 0, length), "cut")).Kind);
    }

    [Fact]
    public void Random_damage_gives_no_other_exception_and_allocates_in_proportion()
    {
        const int Seed = 20261124, Cases = 40_000;
        var random = new Random(Seed);
        byte[] whole = Whole.ToBytes();
        (int refused, var clock) = (0, Stopwatch.StartNew());
        for (int i = 0; i < Cases && clock.ElapsedMilliseconds < 1500; i++)
        {
            byte[] bytes = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = random.Next(3) switch { 0 => (byte)random.Next(14), 1 => 0xff, _ => (byte)random.Next(256) };
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var reader = new GgufReader(new MemoryStream(bytes), "damaged");
                foreach (var tensor in reader.Header.Entries) if (GgufReader.CanDequantize(tensor.Type)) reader.ReadFloat32(tensor);
            }
            catch (RoastException e) when (e.Kind == RoastError.BadFile) { refused++; }
            catch (Exception e) { Assert.Fail($"seed {Seed}, case {i}: {e}"); }
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 60_000 + 20 * bytes.Length, $"seed {Seed}, case {i}: {allocated} bytes allocated for a file of {bytes.Length}.");
        }
        Assert.True(refused > 500, $"Only {refused} damaged files were refused: the damage is too mild to prove anything.");
    }

    static readonly Dictionary<string, (MadeGguf AtLimit, MadeGguf Past)> Limits = new()
    {
        ["name"] = (new MadeGguf().Tensor(new string('n', 64), [1], [1]), new MadeGguf().Tensor(new string('n', 65), [1], [1])),
        ["rank"] = (new MadeGguf().Tensor("t", [1, 1, 1, 1], [1]), new MadeGguf().Tensor("t", [1, 1, 1, 1, 1], [1])),
        ["key"] = (new MadeGguf().Key(new string('k', 65_535), 1u), new MadeGguf().Key(new string('k', 65_536), 1u)),
        ["depth"] = (new MadeGguf().Key("a", 9, [.. MadeGguf.Array(9, 1), .. MadeGguf.Array(0, 0)]), new MadeGguf().Key("a", 9, [.. MadeGguf.Array(9, 1), .. MadeGguf.Array(9, 1), .. MadeGguf.Array(0, 0)])),
        ["alignment"] = (new MadeGguf().Key("general.alignment", 1u << 20), new MadeGguf().Key("general.alignment", 1u << 21)),
        ["power of two"] = (new MadeGguf().Key("general.alignment", 64u), new MadeGguf().Key("general.alignment", 96u)),
        ["flag"] = (new MadeGguf().Key("f", 7, 1), new MadeGguf().Key("f", 7, 2)),
        ["dimension"] = (new MadeGguf().Tensor("t", [1], [1]), new MadeGguf().Tensor("t", [0], [])),
        ["block"] = (new MadeGguf().Tensor("t", 2, [32], new byte[18]), new MadeGguf().Tensor("t", 2, [33], new byte[36])),
        ["keys"] = (new MadeGguf(), new MadeGguf { KeyCount = GgufHeader.MaxKeys + 1 }),
        ["tensors"] = (new MadeGguf(), new MadeGguf { TensorCount = GgufHeader.MaxTensors + 1 }),
        ["array"] = (new MadeGguf(), new MadeGguf().Key("a", 9, MadeGguf.Array(0, GgufHeader.MaxArrayLength + 1))),
        ["text"] = (new MadeGguf(), new MadeGguf().Key("a", 8, BitConverter.GetBytes(GgufHeader.MaxTextBytes + 1L))),
    };

    public static TheoryData<string> LimitNames => [.. Limits.Keys];

    [Theory, MemberData(nameof(LimitNames))]
    public void Every_limit_holds_and_one_past_it_is_refused(string limit)
    {
        var (atLimit, past) = Limits[limit];
        const int Plenty = 32 << 20;      // so that it is the limit that refuses, and not the end of the file
        GgufHeader.Read(new MemoryStream(atLimit.ToBytes()), limit);
        byte[] bytes = past.ToBytes(Plenty);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => GgufHeader.Read(new MemoryStream(bytes), limit)).Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000);
    }
}
