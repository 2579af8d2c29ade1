using System.Buffers.Binary;
using System.Text.Json;
using Roast.TestSupport;

namespace Roast.Tests.Integration;

/// <summary>A copy of the default model with one weight made NaN, in a temporary folder of its own.</summary>
sealed class DamagedModel : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("roast-damaged-").FullName;

    public static DamagedModel WithNaNIn(string tensor)
    {
        var model = new DamagedModel();
        foreach (string name in (string[])["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"])
            File.Copy(Path.Combine(Repository.DefaultModel, name), Path.Combine(model.Folder, name));
        string path = Path.Combine(model.Folder, "model.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using var json = JsonDocument.Parse(bytes.AsMemory(8, header));
        int offset = 8 + header + json.RootElement.GetProperty(tensor).GetProperty("data_offsets")[0].GetInt32();
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(offset), float.NaN);
        File.WriteAllBytes(path, bytes);
        return model;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
