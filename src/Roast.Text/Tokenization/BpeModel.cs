using System.Buffers;
using System.Text;

namespace Roast.Text;

/// <summary>
/// Byte-pair encoding of the pieces of a text, over bytes (GPT-2 and its heirs) or over characters (SentencePiece). Plain
/// byte-level BPE is the library's; the rest it has no way for. What has no token of its own becomes byte tokens where the
/// vocabulary has them, else the unknown token, else nothing at all: so does the reference.
/// </summary>
internal sealed class BpeModel
{
    readonly Dictionary<string, int> _vocabulary;
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _tokens;
    readonly MergeTable _merges;
    readonly LibraryMerging? _library;
    readonly PieceCache _cache = new();
    readonly bool _isByteLevel, _fusesUnknown, _ignoresMerges;
    readonly int _unknown;
    readonly int[] _byteIds = new int[256];                 // byte letters, or byte tokens <0x0A>; -1: none

    /// <param name="vocabulary">Tokens as the file writes them.</param>
    /// <param name="merges">By rank.</param>
    /// <param name="settings">The flags of the file.</param>
    internal BpeModel(Dictionary<string, int> vocabulary, IReadOnlyList<(int Left, int Right, int Merged)> merges, BpeSettings settings)
    {
        (_vocabulary, _tokens, _merges) = (vocabulary, vocabulary.GetAlternateLookup<ReadOnlySpan<char>>(), new MergeTable(merges));
        (_isByteLevel, _fusesUnknown, _ignoresMerges) = (settings.IsByteLevel, settings.FusesUnknown, settings.IgnoresMerges);
        _unknown = settings.UnknownId ?? -1;
        if (LibraryMerging.Fits(settings, merges)) _library = new LibraryMerging(vocabulary, merges);
        for (int value = 0; value < 256; value++)
            _byteIds[value] = (settings.IsByteLevel || settings.FallsBackToBytes) && vocabulary.TryGetValue(settings.IsByteLevel ? ByteLetters.Of((byte)value).ToString() : $"<0x{value:X2}>", out int id) ? id : -1;
    }

    internal IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    /// <summary>Adds the ids of a piece. The text is whole: no half of a surrogate pair.</summary>
    internal void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length > PieceCache.MaxLength) { EncodeNew(piece, ids); return; }
        uint place = PieceCache.Place(piece);
        if (_cache.Find(piece, place) is { } known) { ids.AddRange(known); return; }
        int before = ids.Count;
        EncodeNew(piece, ids);
        _cache.Keep(piece, place, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids)[before..]);
    }

    void EncodeNew(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_library is not null) { _library.Encode(piece, ids); return; }
        if (_ignoresMerges && Whole(piece) is { } whole) { ids.Add(whole); return; }
        int most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        int[]? rented = most > 256 ? ArrayPool<int>.Shared.Rent(most) : null;
        Span<int> symbols = rented ?? stackalloc int[256];
        int count = _isByteLevel ? Bytes(piece, symbols) : Characters(piece, symbols);
        count = Merging.Merge(symbols[..count], _merges);
        ids.AddRange(symbols[..count]);
        if (rented is not null) ArrayPool<int>.Shared.Return(rented);
    }

    /// <summary>The id of a piece that is a token as it stands.</summary>
    int? Whole(ReadOnlySpan<char> piece)
    {
        if (!_isByteLevel) return _tokens.TryGetValue(piece, out int token) ? token : null;
        if (piece.Length > ByteLetters.LongestToken) return null;
        Span<byte> bytes = stackalloc byte[ByteLetters.LongestToken * 3];
        Span<char> letters = stackalloc char[ByteLetters.LongestToken * 3];
        int length = Encoding.UTF8.GetBytes(piece, bytes);
        for (int i = 0; i < length; i++) letters[i] = ByteLetters.Of(bytes[i]);
        return _tokens.TryGetValue(letters[..length], out int id) ? id : null;
    }

    int Bytes(ReadOnlySpan<char> piece, Span<int> symbols)
    {
        (int count, bool unknown) = (0, false);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in piece.EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(bytes);
            for (int i = 0; i < length; i++) Add(_byteIds[bytes[i]], symbols, ref count, ref unknown);
        }
        return count;
    }

    int Characters(ReadOnlySpan<char> piece, Span<int> symbols)
    {
        (int count, int position, bool unknown) = (0, 0, false);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in piece.EnumerateRunes())
        {
            var letter = piece.Slice(position, rune.Utf16SequenceLength);
            position += rune.Utf16SequenceLength;
            if (_tokens.TryGetValue(letter, out int id)) { Add(id, symbols, ref count, ref unknown); continue; }
            int length = rune.EncodeToUtf8(bytes);
            bool all = true;
            for (int i = 0; i < length; i++) all &= _byteIds[bytes[i]] >= 0;
            if (!all) { Add(-1, symbols, ref count, ref unknown); continue; }
            for (int i = 0; i < length; i++) Add(_byteIds[bytes[i]], symbols, ref count, ref unknown);
        }
        return count;
    }

    void Add(int id, Span<int> symbols, ref int count, ref bool unknown)
    {
        bool isUnknown = id < 0;
        if (isUnknown && (_unknown < 0 || (unknown && _fusesUnknown))) return;
        symbols[count++] = isUnknown ? _unknown : id;
        unknown = isUnknown;
    }
}

/// <summary>The flags of a BPE model.</summary>
/// <param name="IsByteLevel">Its tokens are written in byte letters.</param>
/// <param name="FallsBackToBytes">A character without a token becomes tokens such as <c>&lt;0x0A&gt;</c>.</param>
/// <param name="FusesUnknown">Unknown characters in a row are one unknown token.</param>
/// <param name="IgnoresMerges">A piece that is a token as a whole is not merged.</param>
/// <param name="UnknownId">The unknown token; <c>null</c>: what is unknown disappears.</param>
internal sealed record BpeSettings(bool IsByteLevel, bool FallsBackToBytes, bool FusesUnknown, bool IgnoresMerges, int? UnknownId);
