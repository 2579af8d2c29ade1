using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Roast.Formats;

/// <summary>Reads the JSON of one header token by token, so that no document tree larger than the header is ever built.</summary>
sealed class SafetensorsHeaderParser(string file)
{
    // The deepest value of a header is a number in "shape": object, entry, array.
    const int MaxDepth = 3;
    const string MetadataName = "__metadata__";

    readonly Dictionary<string, SafetensorsEntry> _tensors = [];
    Dictionary<string, string>? _metadata;

    internal (Dictionary<string, SafetensorsEntry> Tensors, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length == 0 || json[0] != '{') throw Bad(json.Length == 0 ? "the header is empty" : $"the header begins with byte 0x{json[0]:x2}", "'{', with nothing before it");
        if (!Utf8.IsValid(json)) throw Bad("the header is not UTF-8", "JSON in UTF-8");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            while (Next(ref reader) == JsonTokenType.PropertyName)
            {
                string name = Text(ref reader);
                if (name == MetadataName) ReadMetadata(ref reader);
                else if (!_tensors.TryAdd(name, ReadEntry(ref reader, name))) throw Bad($"tensor {BadSafetensors.Quote(name)} is described twice", "each name once");
            }
            // JSON would allow line ends and tabs here; the format allows spaces only.
            if (json[(int)reader.BytesConsumed..].ContainsAnyExcept((byte)' ')) throw Bad($"the header has other bytes after its closing brace at byte {reader.BytesConsumed}", "nothing but spaces");
        }
        catch (JsonException e)
        {
            throw Bad($"the header is not JSON at byte {e.BytePositionInLine} of line {e.LineNumber + 1}", $"an object of tensors, nested {MaxDepth} deep at most", e);
        }
        // A field's name with half a surrogate pair: JSON, but no text.
        catch (InvalidOperationException e) { throw Bad("the header has a name that is no text", "whole characters", e); }
        return (_tensors, _metadata ?? []);
    }

    void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (_metadata is not null) throw Bad("__metadata__ is there twice", "it once");
        _metadata = [];
        if (Next(ref reader) != JsonTokenType.StartObject) throw Bad($"__metadata__ is {Kind(reader)}", "an object");
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            string key = Text(ref reader);
            if (Next(ref reader) != JsonTokenType.String) throw Bad($"__metadata__ has {Kind(reader)} at {BadSafetensors.Quote(key)}", "a string");
            if (!_metadata.TryAdd(key, Text(ref reader))) throw Bad($"__metadata__ has the key {BadSafetensors.Quote(key)} twice", "each key once");
        }
    }

    SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        if (Next(ref reader) != JsonTokenType.StartObject) throw Bad($"{Of(name)} is {Kind(reader)}", "an object");
        SafetensorsType? type = null;
        ImmutableArray<long>? shape = null;
        (long Begin, long End)? offsets = null;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8) && type is null) type = ReadType(ref reader, name);
            else if (reader.ValueTextEquals("shape"u8) && shape is null) shape = ReadIntegers(ref reader, name, "shape", SafetensorsHeader.MaxRank);
            else if (reader.ValueTextEquals("data_offsets"u8) && offsets is null)
                offsets = ReadIntegers(ref reader, name, "data_offsets", atMost: 2) is [var begin, var end] ? (begin, end) : throw Bad($"{Of(name)} has data_offsets with too few numbers", "two");
            else throw Bad($"{Of(name)} has the field {BadSafetensors.Quote(Text(ref reader))}", "dtype, shape and data_offsets, each once");
        }
        string? missing = type is null ? "dtype" : shape is null ? "shape" : offsets is null ? "data_offsets" : null;
        if (missing is not null) throw Bad($"{Of(name)} has no {missing}", "dtype, shape and data_offsets");
        var entry = new SafetensorsEntry(name, type!.Value, shape!.Value, offsets!.Value.Begin, offsets.Value.End);
        CheckSize(entry);
        return entry;
    }

    void CheckSize(SafetensorsEntry entry)
    {
        if (entry.End < entry.Begin) throw Bad($"{Of(entry.Name)} ends at byte {entry.End}, before its begin {entry.Begin}", "begin <= end");
        UInt128 bits = (UInt128)entry.Type.Bits();
        foreach (long dimension in entry.Shape)
        {
            bits *= (UInt128)dimension;       // both below 2^63: their product fits 128 bits
            if (bits > long.MaxValue) throw Bad($"{Of(entry.Name)} has the shape [{string.Join(", ", entry.Shape)}]", "a size in bits below 2^63");
        }
        if (bits != (UInt128)entry.Bytes * 8)
            throw Bad($"{Of(entry.Name)} has {entry.Bytes} bytes, but [{string.Join(", ", entry.Shape)}] of {entry.Type.Name()} takes {(double)bits / 8}", "the same number");
    }

    SafetensorsType ReadType(ref Utf8JsonReader reader, string name)
    {
        if (Next(ref reader) != JsonTokenType.String) throw Bad($"{Of(name)} has {Kind(reader)} as dtype", "a string");
        string type = Text(ref reader);
        return SafetensorsTypes.TryParse(type, out var result) ? result
            : throw Bad($"{Of(name)} has the dtype {BadSafetensors.Quote(type)}", $"one of {string.Join(", ", SafetensorsTypes.All.Select(x => x.Name()))}");
    }

    ImmutableArray<long> ReadIntegers(ref Utf8JsonReader reader, string name, string field, int atMost)
    {
        if (Next(ref reader) != JsonTokenType.StartArray) throw Bad($"{Of(name)} has {Kind(reader)} as {field}", "an array of integers");
        var integers = ImmutableArray.CreateBuilder<long>(2);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            // TryGetInt64 takes "-0", which is a fraction to the reference reader: the sign is refused as such.
            if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan[0] == '-' || !reader.TryGetInt64(out long integer))
                throw Bad($"{Of(name)} has {(reader.TokenType == JsonTokenType.Number ? "a number that is negative, too large or has a fraction" : Kind(reader))} in {field}", "integers from 0 to 2^63 - 1");
            if (integers.Count == atMost) throw Bad($"{Of(name)} has more than {atMost} numbers in {field}", $"at most {atMost}");
            integers.Add(integer);
        }
        return integers.DrainToImmutable();
    }

    JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw Bad("the header ends inside its JSON", "a closing brace");

    string Text(ref Utf8JsonReader reader)
    {
        try { return reader.GetString()!; }
        catch (InvalidOperationException e) { throw Bad($"the header has half a surrogate pair at byte {reader.TokenStartIndex}", "text", e); }
    }

    static string Of(string name) => $"tensor {BadSafetensors.Quote(name)}";

    static string Kind(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        _ => "true, false or null",
    };

    RoastException Bad(string found, string expected, Exception? inner = null) => BadSafetensors.File(file, found, expected, inner);
}
