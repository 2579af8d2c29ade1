namespace Roast.Tasks;

/// <summary>What a column's values become in JSON.</summary>
internal enum ParquetKind { Flag, Integer, Unsigned32, Unsigned64, Single, Double, Text, Bytes }

/// <summary>Which columns can be read.</summary>
internal static class ParquetKinds
{
    /// <summary>The kind of a column; <c>null</c>: JSON has no word for it. Bytes count as text where they are text.</summary>
    internal static ParquetKind? Of(ParquetType type, ParquetMeaning meaning) => (type, meaning) switch
    {
        (ParquetType.ByteArray, ParquetMeaning.Text) => ParquetKind.Text,
        (ParquetType.Int32, ParquetMeaning.Unsigned) => ParquetKind.Unsigned32,
        (ParquetType.Int64, ParquetMeaning.Unsigned) => ParquetKind.Unsigned64,
        (_, not ParquetMeaning.None) => null,
        (ParquetType.Boolean, _) => ParquetKind.Flag,
        (ParquetType.Int32 or ParquetType.Int64, _) => ParquetKind.Integer,
        (ParquetType.Float, _) => ParquetKind.Single,
        (ParquetType.Double, _) => ParquetKind.Double,
        (ParquetType.ByteArray, _) => ParquetKind.Bytes,
        _ => null,
    };
}
