using System.Text.Json;

namespace Roast.Text;

/// <summary>Reading of the JSON files beside a model: bounded, and every failure names the file.</summary>
internal static class Json
{
    /// <summary>Reads a file of at most <paramref name="maxBytes"/> bytes.</summary>
    internal static byte[] ReadBytes(string path, int maxBytes, string fetch)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > maxBytes) throw Throw.BadFile(path, $"it has {file.Length:N0} bytes, and at most {maxBytes:N0} are read", "fetch the file again, or check that it is what its name says");
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RoastException(RoastError.NotFound, $"{path} does not exist. {fetch}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.NotFound, $"{path} cannot be read: {e.Message} {fetch}", e);
        }
    }

    /// <summary>Runs <paramref name="read"/> on the parsed document; JSON's own failures become <see cref="RoastError.BadFile"/>.</summary>
    internal static T Parse<T>(string path, byte[] bytes, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Throw.BadFile(path, $"it holds a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}, and an object was expected", "fetch the file again");
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new RoastException(RoastError.BadFile, $"{path} is not JSON: {e.Message} Fetch the file again.", e);
        }
        catch (InvalidOperationException e)                 // a value of another kind than asked for, or text that is not Unicode
        {
            throw new RoastException(RoastError.BadFile, $"{path} does not have the expected form: {e.Message} Fetch the file again.", e);
        }
    }

    /// <summary>A member, or an undefined element where there is none.</summary>
    internal static JsonElement Get(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Whether the member is there and true.</summary>
    internal static bool IsTrue(JsonElement element, string name) => Get(element, name).ValueKind == JsonValueKind.True;

    /// <summary>The text of a member; <c>null</c> where it is absent or null.</summary>
    internal static string? Text(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? value.GetString() : null;

    /// <summary>The <c>type</c> of a tokenizer part, for switches and messages.</summary>
    internal static string Type(JsonElement element) => Text(element, "type") ?? "of no type";
}
