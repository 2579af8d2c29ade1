using System.Text.Json;
using Roast.TestSupport;

namespace Roast.Tests.Unit.Formats;

/// <summary>Made safetensors files, valid and invalid, with the manifest that says what each must give.</summary>
static class SafetensorsCases
{
    /// <summary>A dozen that travel with the repository.</summary>
    internal static string Embedded => Repository.Path("tests", "data", "safetensors");

    /// <summary>All 63; skips where the shared data is absent.</summary>
    internal static string All => SharedData.Require("vectors", "safetensors-made");

    internal static IEnumerable<(string Path, JsonElement Expected)> In(string folder)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        return [.. manifest.RootElement.GetProperty("files").EnumerateObject().Select(file => (Path.Combine(folder, file.Name), file.Value.Clone()))];
    }

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Embedded, name));
}
