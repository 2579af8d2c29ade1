using System.Text.Json;

namespace Roast.Text;

/// <summary>The merges of a model, in order of rank, as ids: <c>"a b"</c>, <c>["a", "b"]</c>, or lines of merges.txt.</summary>
internal sealed class MergeReader(string file, Dictionary<string, int> vocabulary)
{
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _tokens = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
    readonly List<(int, int, int)> _merges = new(vocabulary.Count);
    char[] _joined = new char[256];

    /// <summary>Most merges; the largest known model has 580,604.</summary>
    internal const int MaxMerges = 4 * 1024 * 1024;

    internal List<(int Left, int Right, int Merged)> Read(JsonElement merges)
    {
        foreach (var merge in merges.EnumerateArray())
        {
            if (merge.ValueKind == JsonValueKind.Array)
                if (merge.GetArrayLength() == 2) Add(merge[0].GetString(), merge[1].GetString());
                else throw Bad(merge.GetRawText());
            else AddLine(merge.GetString());
        }
        return _merges;
    }

    internal List<(int Left, int Right, int Merged)> Read(IEnumerable<string> lines)
    {
        foreach (string line in lines) AddLine(line);
        return _merges;
    }

    void AddLine(ReadOnlySpan<char> line)
    {
        int space = line.IndexOf(' ');
        if (space < 0 || line[(space + 1)..].Contains(' ')) throw Bad(line.ToString());
        Add(line[..space], line[(space + 1)..]);
    }

    void Add(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (_merges.Count >= MaxMerges) throw Throw.BadFile(file, $"it has more than {MaxMerges:N0} merges", "fetch the file again");
        int length = left.Length + right.Length;
        if (length > _joined.Length) _joined = new char[length * 2];
        left.CopyTo(_joined);
        right.CopyTo(_joined.AsSpan(left.Length));
        _merges.Add((Id(left, left, right), Id(right, left, right), Id(_joined.AsSpan(0, length), left, right)));
    }

    int Id(ReadOnlySpan<char> token, ReadOnlySpan<char> left, ReadOnlySpan<char> right) => _tokens.TryGetValue(token, out int id)
        ? id
        : throw Throw.BadFile(file, $"merge {_merges.Count} ('{left} {right}') needs the token '{token}', which the vocabulary lacks", "fetch the file again");

    RoastException Bad(string merge) => Throw.BadFile(file, $"merge {_merges.Count} is '{merge}', and two tokens were expected", "fetch the file again");
}
