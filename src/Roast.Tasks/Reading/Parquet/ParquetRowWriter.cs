using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Roast.Tasks;

/// <summary>
/// Puts the entries of all columns together to rows, as JSON. Levels say what is there (Dremel, Melnik et al. 2010): an entry whose
/// definition level is below a node's has none of it, one of a list's repetition level is a further element of the list.
/// </summary>
/// <param name="root">The columns.</param>
/// <param name="cursors">One for each leaf that is read.</param>
/// <param name="budget">What the file may cost.</param>
internal sealed class ParquetRowWriter(ParquetNode root, IReadOnlyList<ParquetCursor> cursors, ParquetBudget budget)
{
    readonly ArrayBufferWriter<byte> _buffer = new();
    readonly bool[] _begun = new bool[cursors.Count];

    /// <summary>The next row.</summary>
    /// <exception cref="FormatException">The columns are damaged, or do not fit together.</exception>
    internal JsonElement Next()
    {
        _buffer.ResetWrittenCount();
        Array.Clear(_begun);
        using (var json = new Utf8JsonWriter(_buffer)) Fields(json, root);
        budget.Spend(ParquetBudget.Row + _buffer.WrittenCount);
        for (int i = 0; i < cursors.Count; i++)
            if (!_begun[i] || (!cursors[i].IsAtEnd && cursors[i].Repetition != 0)) throw Apart();
        using var document = JsonDocument.Parse(_buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>Refuses what stands behind the last row.</summary>
    /// <returns><c>true</c>.</returns>
    /// <exception cref="FormatException">A column has more entries than rows.</exception>
    internal bool RequireEnd() => cursors.All(cursor => cursor.IsAtEnd) ? true : throw new FormatException("a column has entries for more rows than are announced");

    void Fields(Utf8JsonWriter json, ParquetNode group)
    {
        json.WriteStartObject();
        foreach (var child in group.Children)
        {
            json.WritePropertyName(child.Name);
            if (child.IsRepeated) List(json, child);
            else One(json, child);
        }
        json.WriteEndObject();
    }

    void One(Utf8JsonWriter json, ParquetNode node)
    {
        if (First(node).Definition < node.Definition)
        {
            Pass(node);
            json.WriteNullValue();
        }
        else Present(json, node);
    }

    void Present(Utf8JsonWriter json, ParquetNode node)
    {
        if (node.Kind is { } kind) Value(json, node, kind);
        else if (node.IsList) List(json, node.Children[0]);
        else Fields(json, node);
    }

    void List(Utf8JsonWriter json, ParquetNode repeated)
    {
        json.WriteStartArray();
        var first = First(repeated);
        if (first.Definition < repeated.Definition) Pass(repeated);
        else
        {
            do
            {
                if (repeated.IsWrapper) One(json, repeated.Children[0]);
                else Present(json, repeated);
            }
            while (!first.IsAtEnd && first.Repetition == repeated.Repetition);
        }
        json.WriteEndArray();
    }

    void Value(Utf8JsonWriter json, ParquetNode leaf, ParquetKind kind)
    {
        var value = First(leaf).Value;
        switch (kind)
        {
            case ParquetKind.Flag: json.WriteBooleanValue(value.Bits != 0); break;
            case ParquetKind.Integer: json.WriteNumberValue(value.Bits); break;
            case ParquetKind.Unsigned32: json.WriteNumberValue((uint)value.Bits); break;
            case ParquetKind.Unsigned64: json.WriteNumberValue((ulong)value.Bits); break;
            case ParquetKind.Single when BitConverter.Int32BitsToSingle((int)value.Bits) is var single && float.IsFinite(single): json.WriteNumberValue(single); break;
            case ParquetKind.Double when BitConverter.Int64BitsToDouble(value.Bits) is var real && double.IsFinite(real): json.WriteNumberValue(real); break;
            case ParquetKind.Text or ParquetKind.Bytes when Utf8.IsValid(value.Bytes.Span): json.WriteStringValue(value.Bytes.Span); break;
            case ParquetKind.Text: throw new FormatException($"column '{leaf.Name}' has text that is not UTF-8");
            default: json.WriteNullValue(); break;          // NaN and infinity, which tables use for nothing; bytes that are no text
        }
        Consume(leaf.Range.First);
        if (json.BytesCommitted + json.BytesPending > JsonLines.MaxLineBytes) throw new FormatException($"the row has more than {JsonLines.MaxLineBytes:N0} bytes as JSON");
    }

    /// <summary>Goes past a node that is not there: it has one entry in each of its columns.</summary>
    void Pass(ParquetNode node)
    {
        for (int i = node.Range.First; i < node.Range.End; i++) Consume(i);
    }

    void Consume(int leaf)
    {
        if (cursors[leaf].IsAtEnd || (cursors[leaf].Repetition == 0) == _begun[leaf]) throw Apart();
        _begun[leaf] = true;
        cursors[leaf].Next();
    }

    ParquetCursor First(ParquetNode node) => cursors[node.Range.First];

    static FormatException Apart() => new("its columns have different numbers of entries");
}
