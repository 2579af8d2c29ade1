using System.Security.Cryptography;
using Roast.Files;
using Roast.Formats;
using Xunit;

namespace Roast.Tests.Unit.Files;

public sealed class FingerprintTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-fingerprint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Made(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    [Fact]
    public void The_hash_of_the_three_bytes_abc_is_the_one_of_the_standard() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Fingerprint.Sha256(Made("abc", "abc"u8.ToArray())));

    [Fact]
    public void A_small_file_is_hashed_whole_and_says_so()
    {
        string path = Made("small", [1, 2, 3]);
        Assert.Equal("sha256:" + Fingerprint.Sha256(path), Fingerprint.Weights(path));
    }

    [Fact]
    public void A_sampled_fingerprint_changes_with_header_length_first_and_last_byte_and_has_a_fixed_recipe()
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [new("w", SafetensorsType.U8, [3 << 20], new byte[3 << 20])]);
        byte[] bytes = stream.ToArray();
        int start = 8 + BitConverter.ToInt32(bytes);
        string Of(byte[] content) => Fingerprint.Weights(Made("sampled.safetensors", content), wholeFileBytes: 1 << 20);

        using var recipe = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        recipe.AppendData(BitConverter.GetBytes((long)bytes.Length));
        recipe.AppendData(bytes, 0, start);
        for (int i = 0; i < 64; i++) recipe.AppendData(bytes, start + (int)((2L << 20) * i / 63), 1 << 20);
        string expected = "sampled-sha256:" + Convert.ToHexStringLower(recipe.GetHashAndReset());
        Assert.Equal(expected, Of(bytes));
        foreach (int place in new[] { start, bytes.Length - 1 })
        {
            byte[] changed = [.. bytes];
            changed[place] ^= 1;
            Assert.NotEqual(expected, Of(changed));
        }
    }

    [Fact]
    public void A_large_file_of_another_format_is_sampled_from_its_first_byte()
    {
        byte[] bytes = new byte[3 << 20];
        string Of() => Fingerprint.Weights(Made("model.onnx.data", bytes), wholeFileBytes: 1 << 20);
        string zeros = Of();
        Assert.StartsWith("sampled-sha256:", zeros);
        foreach (int place in new[] { 0, bytes.Length - 1 })
        {
            bytes[place] = 1;
            Assert.NotEqual(zeros, Of());
            bytes[place] = 0;
        }
    }

    [Fact]
    public void Shards_give_the_same_fingerprint_in_any_order()
    {
        string a = Made("a", [1]), b = Made("b", [2]);
        Assert.Equal(Fingerprint.Weights(a, b), Fingerprint.Weights(b, a));
        Assert.StartsWith("shards-sha256:", Fingerprint.Weights(a, b));
        Assert.NotEqual(Fingerprint.Weights(a, b), Fingerprint.Weights(a, a));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_not_found()
    {
        foreach (string path in new[] { Path.Combine(_folder, "absent"), _folder })
        {
            var e = Assert.Throws<RoastException>(() => Fingerprint.Sha256(path));
            Assert.Equal(RoastError.NotFound, e.Kind);
            Assert.Contains(path, e.Message);
        }
    }
}
