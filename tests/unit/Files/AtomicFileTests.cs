using Roast.Files;
using Xunit;

namespace Roast.Tests.Unit.Files;

public sealed class AtomicFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Target => Path.Combine(_folder, "vector.bin");

    static Action<Stream> Bytes(params byte[] bytes) => stream => stream.Write(bytes);

    [Fact]
    public void A_new_file_has_what_was_written_and_nothing_else_is_left()
    {
        AtomicFile.Write(Target, overwrite: false, Bytes(1, 2, 3));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Overwriting_replaces_a_longer_file_whole()
    {
        File.WriteAllBytes(Target, new byte[100]);
        AtomicFile.Write(Target, overwrite: true, Bytes(7));
        Assert.Equal([7], File.ReadAllBytes(Target));
    }

    [Fact]
    public void Without_overwriting_an_existing_file_is_refused_before_anything_is_computed()
    {
        File.WriteAllBytes(Target, [9]);
        var e = Assert.Throws<RoastException>(() => AtomicFile.Write(Target, overwrite: false, _ => Assert.Fail("called")));
        Assert.Equal(RoastError.CannotWrite, e.Kind);
        Assert.Contains(Target, e.Message);
        Assert.Equal([9], File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_file_that_appears_while_writing_is_not_overwritten_either()
    {
        var e = Assert.Throws<RoastException>(() => AtomicFile.Write(Target, overwrite: false, _ => File.WriteAllBytes(Target, [9])));
        Assert.Equal(RoastError.CannotWrite, e.Kind);
        Assert.Equal([9], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Cancelling_leaves_the_old_file_whole_and_no_temporary()
    {
        File.WriteAllBytes(Target, [9]);
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(Target, overwrite: true, stream =>
        {
            stream.Write([1, 2]);
            throw new OperationCanceledException();
        }));
        Assert.Equal([9], File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void The_file_does_not_exist_until_it_is_whole() =>
        AtomicFile.Write(Target, overwrite: false, stream => { stream.Write([1]); stream.Flush(); Assert.False(File.Exists(Target)); });

    [Fact]
    public void A_full_disk_is_reported_as_an_output_that_cannot_be_written()
    {
        var e = Assert.Throws<RoastException>(() => AtomicFile.Write(Target, overwrite: false, _ => throw new IOException("No space left on device.")));
        Assert.Equal(RoastError.CannotWrite, e.Kind);
        Assert.Contains("No space left on device", e.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_missing_folder_and_a_folder_as_target_are_refused_by_name()
    {
        foreach (string path in new[] { Path.Combine(_folder, "absent", "v.bin"), _folder })
        {
            var e = Assert.Throws<RoastException>(() => AtomicFile.Write(path, overwrite: true, Bytes(1)));
            Assert.Equal(RoastError.CannotWrite, e.Kind);
            Assert.Contains(path, e.Message);
        }
    }

    [Fact]
    public void A_link_keeps_pointing_at_the_file_that_is_replaced()
    {
        File.WriteAllBytes(Target, [9]);
        string link = Path.Combine(_folder, "link.bin");
        try { File.CreateSymbolicLink(link, Target); }
        catch (IOException e) { Assert.Skip($"Links cannot be made here: {e.Message}"); }
        AtomicFile.Write(link, overwrite: true, Bytes(1, 2));
        Assert.Equal([1, 2], File.ReadAllBytes(Target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }
}
