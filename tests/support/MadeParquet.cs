using System.IO.Compression;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace Roast.TestSupport;

/// <summary>Parquet files of JSON rows, written by Parquet.Net: another program than the one that reads them.</summary>
public static class MadeParquet
{
    /// <summary>The bytes of a file whose columns are the members of all rows: text, whole numbers (64 bits), numbers, truth values, lists and structs; all may be null.</summary>
    /// <param name="rows">JSON objects.</param>
    /// <param name="codec">How pages are packed.</param>
    /// <param name="rowsInGroup">Rows in a group of rows.</param>
    /// <param name="hint">How columns without nesting are written.</param>
    public static byte[] Of(IReadOnlyList<string> rows, CompressionMethod codec = CompressionMethod.Snappy, int rowsInGroup = 1000, EncodingHint hint = EncodingHint.Default)
    {
        JsonElement[] objects = [.. rows.Select(row => JsonDocument.Parse(row).RootElement)];
        var fields = Fields(objects);
        var options = new ParquetOptions { CompressionMethod = codec, CompressionLevel = CompressionLevel.Optimal, RowGroupSize = rowsInGroup };
        foreach (var field in fields.OfType<DataField>()) options.ColumnEncodingHints[field.Name] = hint;
        using var stream = new MemoryStream();
        ParquetSerializer.SerializeUntypedAsync([.. objects.Select(row => Struct(row, fields))], new ParquetSchema(fields), stream, options).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    static Field[] Fields(IReadOnlyList<JsonElement> objects) =>
        [.. objects.SelectMany(row => row.EnumerateObject()).GroupBy(member => member.Name).Select(group => Field(group.Key, [.. group.Select(member => member.Value).Where(value => value.ValueKind != JsonValueKind.Null)]))];

    static Field Field(string name, IReadOnlyList<JsonElement> values) => values.Count == 0 ? new DataField<string>(name) : values[0].ValueKind switch
    {
        JsonValueKind.String => new DataField<string>(name),
        JsonValueKind.True or JsonValueKind.False => new DataField<bool?>(name),
        JsonValueKind.Number => values.All(value => value.TryGetInt64(out _)) ? new DataField<long?>(name) : new DataField<double?>(name),
        JsonValueKind.Array => new ListField(name, Field(ListField.ElementName, [.. values.SelectMany(value => value.EnumerateArray()).Where(value => value.ValueKind != JsonValueKind.Null)])),
        _ => new StructField(name, Fields(values)),
    };

    static IDictionary<string, object?> Struct(JsonElement value, IReadOnlyList<Field> fields) =>
        fields.ToDictionary(field => field.Name, field => value.TryGetProperty(field.Name, out var member) && member.ValueKind != JsonValueKind.Null ? Value(member, field) : null);

    static object Value(JsonElement value, Field field) => field switch
    {
        StructField group => Struct(value, group.Fields),
        ListField list => List(value, list.Item),
        DataField { ClrType: var type } when type == typeof(long) => value.GetInt64(),
        DataField { ClrType: var type } when type == typeof(double) => value.GetDouble(),
        DataField { ClrType: var type } when type == typeof(bool) => value.GetBoolean(),
        _ => value.GetString()!,
    };

    static object List(JsonElement value, Field item) => item switch
    {
        StructField => value.EnumerateArray().Select(element => (IDictionary<string, object?>)Value(element, item)).ToList(),
        DataField { ClrType: var type } when type == typeof(long) => value.EnumerateArray().Select(element => (long?)element.GetInt64()).ToList(),
        _ => value.EnumerateArray().Select(element => (ReadOnlyMemory<char>?)element.GetString().AsMemory()).ToList(),      // the form that Parquet.Net asks for
    };
}
