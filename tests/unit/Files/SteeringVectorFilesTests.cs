using Roast.Tests.Unit.Formats;
using Xunit;

namespace Roast.Tests.Unit.Files;

public sealed class SteeringVectorFilesTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-vector-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_saved_vector_loads_and_is_alone_in_its_folder()
    {
        string path = Path.Combine(_folder, "careful.safetensors");
        VectorFile.Full.Save(path);
        Assert.Equal(VectorFile.Write(VectorFile.Full), File.ReadAllBytes(path));
        Assert.Equal(VectorFile.Full.Points, SteeringVector.Load(path).Points);
        VectorFile.Full.Save(path);
        Assert.Equal(RoastError.CannotWrite, Assert.Throws<RoastException>(() => VectorFile.Full.Save(path, overwrite: false)).Kind);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void A_missing_file_is_not_found_and_named() =>
        Assert.Contains("absent.safetensors", Assert.Throws<RoastException>(() => SteeringVector.Load(Path.Combine(_folder, "absent.safetensors"))).Message);

    [Fact]
    public void A_damaged_file_is_named_with_its_path()
    {
        string path = Path.Combine(_folder, "damaged.safetensors");
        File.WriteAllBytes(path, [1, 2, 3]);
        var e = Assert.Throws<RoastException>(() => SteeringVector.Load(path));
        Assert.Equal(RoastError.BadFile, e.Kind);
        Assert.StartsWith(path, e.Message);
    }
}
