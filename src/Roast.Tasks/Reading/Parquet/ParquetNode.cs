namespace Roast.Tasks;

/// <summary>A column, or a group of columns, of which something can be read.</summary>
internal sealed class ParquetNode
{
    /// <summary>Groups within groups, the whole row included.</summary>
    internal const int MaxDepth = 16;

    readonly List<ParquetNode> _children = [];
    readonly int _width;                                    // parts of a group, those that are left out too

    ParquetNode(ParquetElement element, ParquetNode? parent)
    {
        (Name, _width) = (element.Name, element.Children);
        IsRepeated = parent is not null && element.Repetition == 2;
        Definition = parent is null ? 0 : parent.Definition + (element.Repetition == 0 ? 0 : 1);
        Repetition = parent is null ? 0 : parent.Repetition + (IsRepeated ? 1 : 0);
    }

    internal string Name { get; }

    /// <summary>Whether it may stand several times in its parent: a list without a name of its own.</summary>
    internal bool IsRepeated { get; }

    /// <summary>An entry of at least this definition level has the node.</summary>
    internal int Definition { get; }

    /// <summary>An entry of this repetition level is a further element of the node's list.</summary>
    internal int Repetition { get; }

    /// <summary>What a leaf's values are; <c>null</c>: a group.</summary>
    internal ParquetKind? Kind { get; private init; }

    /// <summary>How a leaf's values are stored.</summary>
    internal ParquetType Type { get; private init; }

    /// <summary>A leaf's place among all columns of the file, also those that are left out.</summary>
    internal int Column { get; private init; }

    /// <summary>A group's parts.</summary>
    internal IReadOnlyList<ParquetNode> Children => _children;

    /// <summary>The leaves below it, as a range of <see cref="Leaves"/> of the root.</summary>
    internal (int First, int End) Range { get; private set; }

    /// <summary>Whether a group is written as the list that its only child is.</summary>
    internal bool IsList { get; private set; }

    /// <summary>Whether a list's element is the only child of this repeated group, and not the group.</summary>
    internal bool IsWrapper { get; private set; }

    /// <summary>All leaves that can be read, in order.</summary>
    internal IEnumerable<ParquetNode> Leaves => Kind is not null ? [this] : _children.SelectMany(child => child.Leaves);

    /// <summary>Makes the tree; columns whose values JSON cannot say are left out.</summary>
    /// <exception cref="FormatException">The list is no tree, too deep or too wide, or one name stands twice in a group.</exception>
    internal static (ParquetNode Root, int Columns) Tree(IReadOnlyList<ParquetElement> elements)
    {
        if (elements.Count == 0) throw new FormatException("it has no schema");
        (int at, int columns, int readable) = (0, 0, 0);
        var root = Node(null, 0) ?? throw new FormatException("it has no column of text, numbers, truth values, or lists and structs of them");
        return at == elements.Count ? (root, columns) : throw new FormatException($"its schema has {elements.Count} parts; {at} were expected");

        ParquetNode? Node(ParquetNode? parent, int depth)
        {
            if (depth > MaxDepth) throw new FormatException($"its columns are nested deeper than {MaxDepth}");
            if (at == elements.Count) throw new FormatException("its schema ends in the middle of a group");
            var element = elements[at++];
            if (element.Type is { } type) return Leaf(element, type, parent);
            var node = new ParquetNode(element, parent);
            int first = readable;
            for (int i = 0; i < element.Children; i++)
                if (Node(node, depth + 1) is { } child)
                {
                    if (node._children.Any(other => other.Name == child.Name)) throw new FormatException($"the column '{TaskRow.Shorten(child.Name)}' is there twice");
                    node._children.Add(child);
                }
            node.Range = (first, readable);
            node.IsList = element.Meaning == ParquetMeaning.List && element.Children == 1 && node._children is [{ IsRepeated: true }];
            // Older writers repeat the element itself; the rule for telling is that of the format's document on lists.
            if (node.IsList && node._children[0] is { Kind: null, _width: 1, _children: [{ IsRepeated: false }] } repeated)
                repeated.IsWrapper = repeated.Name != "array" && repeated.Name != element.Name + "_tuple";
            return node._children.Count == 0 ? null : node;
        }

        ParquetNode? Leaf(ParquetElement element, ParquetType type, ParquetNode? parent)
        {
            if (parent is null) throw new FormatException("its schema begins with a column; a group was expected");
            if (++columns > CsvRows.MaxColumns) throw new FormatException($"it has more than {CsvRows.MaxColumns:N0} columns");
            if (ParquetKinds.Of(type, element.Meaning) is not { } kind) return null;
            return new ParquetNode(element, parent) { Kind = kind, Type = type, Column = columns - 1, Range = (readable, ++readable) };
        }
    }
}
