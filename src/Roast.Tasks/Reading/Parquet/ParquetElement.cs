namespace Roast.Tasks;

/// <summary>A column or a group of columns as the footer lists it: a tree, parents first.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How values are stored; <c>null</c>: a group.</param>
/// <param name="Repetition">0 required, 1 optional, 2 repeated.</param>
/// <param name="Children">How many of the elements behind it are in this group.</param>
/// <param name="Meaning">What the stored values mean.</param>
internal sealed record ParquetElement(string Name, ParquetType? Type, int Repetition, int Children, ParquetMeaning Meaning)
{
    internal static ParquetElement Read(ref ThriftReader reader)
    {
        (string name, ParquetType? physical, int repetition, int children, var meaning, bool logical) = ("", null, 0, 0, ParquetMeaning.None, false);
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            switch (field)
            {
                case 1: physical = (ParquetType)reader.Int32(type); break;
                case 3: repetition = reader.Int32(type) is >= 0 and <= 2 and var known ? known : throw new FormatException("a column is neither required, optional nor repeated"); break;
                case 4: name = reader.Text(type); break;
                case 5: children = reader.Int32(type); break;
                case 6: if (reader.Int32(type) is var old && !logical) meaning = Converted(old); break;
                case 10: (meaning, logical) = (Logical(ref reader, type), true); break;     // the newer statement counts
                default: reader.Skip(type); break;
            }
        }
        return new ParquetElement(name, physical, repetition, children, meaning);
    }

    static ParquetMeaning Converted(int type) => type switch
    {
        0 or 4 or 19 => ParquetMeaning.Text,                // UTF8, ENUM, JSON
        3 => ParquetMeaning.List,
        11 or 12 or 13 or 14 => ParquetMeaning.Unsigned,
        15 or 16 or 17 or 18 or 1 or 2 => ParquetMeaning.None,                              // signed numbers; maps are lists of key and value
        _ => ParquetMeaning.Other,
    };

    static ParquetMeaning Logical(ref ThriftReader reader, ThriftType outer)
    {
        reader.RequireStruct(outer);
        var meaning = ParquetMeaning.None;
        for (int field = 0; reader.Next(ref field, out var type);)
        {
            meaning = field switch { 1 or 4 or 12 => ParquetMeaning.Text, 2 or 10 or 11 => ParquetMeaning.None, 3 => ParquetMeaning.List, _ => ParquetMeaning.Other };
            if (field != 10) { reader.Skip(type); continue; }
            reader.RequireStruct(type);
            for (int inner = 0; reader.Next(ref inner, out var part);)
                if (inner == 2) meaning = reader.Flag(part) ? ParquetMeaning.None : ParquetMeaning.Unsigned;
                else reader.Skip(part);
        }
        return meaning;
    }
}

/// <summary>What a column's values mean, as far as it matters here.</summary>
internal enum ParquetMeaning
{
    /// <summary>What they are stored as.</summary>
    None,
    /// <summary>Text in UTF-8.</summary>
    Text,
    /// <summary>A group that is a list.</summary>
    List,
    /// <summary>Whole numbers without a sign.</summary>
    Unsigned,
    /// <summary>Dates, decimals and other things that JSON has no word for.</summary>
    Other,
}
