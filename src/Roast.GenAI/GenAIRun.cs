using Roast.GenAI.Native;
using Roast.Onnx;

namespace Roast.GenAI;

/// <summary>
/// One answer, token by token, with steering packs that GenAI applies as adapters. A pack steers every position that runs while it is active: for
/// scope <c>all</c> activate it before the first token, for <c>last</c> after <see cref="ReadPrefix"/>, for <c>generated</c> after the first token.
/// Used by one thread at a time.
/// </summary>
public sealed class GenAIRun : IDisposable
{
    readonly GenAIFolder _folder;
    readonly GenAIRows _rows;
    readonly OgaAdapters? _adapters;
    readonly AdapterPack[] _packs;
    readonly List<AdapterPack> _active = [];
    readonly IReadOnlyList<Point> _steered;
    readonly bool _ignoresEnd;
    bool _ended;

    internal GenAIRun(GenAIFolder folder, ModelPool pool, int[] promptIds, GenerationOptions options, IReadOnlyList<AdapterPack> packs)
    {
        (_folder, _packs, _ignoresEnd) = (folder, [.. packs.Distinct()], options.IgnoreEnd);
        _steered = options.Live?.Points ?? options.Steering?.Vector.Points ?? [];
        foreach (var pack in _packs)
        {
            pack.CheckFits(folder.Graph);
            var both = pack.Points.Intersect(_steered).ToArray();
            if (both.Length > 0)
                throw new RoastException(RoastError.Unsupported, $"{pack.FullPath}: steers {string.Join(", ", both)}, which the options steer as well. ONNX Runtime would take the adapter and drop the other without a word: steer a point by one of them.");
        }
        _rows = new GenAIRows(folder, pool, [promptIds], options, [.. _packs.SelectMany(pack => pack.Points).Distinct()]);
        if (_packs.Length == 0) return;
        try
        {
            _adapters = new OgaAdapters(_rows.Model);
            for (int i = 0; i < _packs.Length; i++) _adapters.Load(_packs[i].FullPath, Name(i));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>New tokens so far.</summary>
    public int Count => _rows.Count;

    /// <summary>The packs that steer now.</summary>
    public IReadOnlyList<AdapterPack> Active => _active;

    /// <summary>Runs all of the prompt but its last token, which then is the next one to run.</summary>
    public void ReadPrefix(CancellationToken cancellationToken = default)
    {
        if (Count > 0) throw new InvalidOperationException("The prompt has been run already.");
        _rows.ReadPrefix(cancellationToken);
    }

    /// <summary>Activates a pack from the next position on, beside those that are active.</summary>
    /// <param name="pack">One of those that the run was started with.</param>
    /// <exception cref="ArgumentException">Not one of them.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: it names a point that an active pack steers; ONNX Runtime would take one of the two and drop the other without a word.</exception>
    public void Activate(AdapterPack pack)
    {
        int number = NumberOf(pack);
        if (_active.Contains(pack)) return;
        foreach (var other in _active)
            if (other.Points.Intersect(pack.Points).ToArray() is { Length: > 0 } both)
                throw new RoastException(RoastError.Unsupported, $"{pack.FullPath}: steers {string.Join(", ", both)}, where {other.FullPath} is active. Of two adapters that name one parameter ONNX Runtime takes one and drops the other without a word; " +
                    $"to change from one to the other, use {nameof(Switch)}.");
        _rows.Activate(_adapters!, Name(number));
        _active.Add(pack);
    }

    /// <summary>Puts a pack in the place of all that are active, from the next position on.</summary>
    /// <param name="pack">One of those that the run was started with. It must steer every point that the active ones do: GenAI cannot take an adapter back, only a later one can cover it.</param>
    /// <exception cref="ArgumentException">Not one of them.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.Unsupported"/>: a point would stay steered by an earlier pack, or this ONNX Runtime does not let a later adapter cover an earlier one.</exception>
    public void Switch(AdapterPack pack)
    {
        int number = NumberOf(pack);
        var left = _active.SelectMany(active => active.Points).Except(pack.Points).ToArray();
        string instead = $"Steer through ports instead, whose values change in place: {nameof(GenerationOptions)}.{nameof(GenerationOptions.Live)}, with {nameof(AdapterPack)}.{nameof(AdapterPack.Vector)} as its vector.";
        if (left.Length > 0)
            throw new RoastException(RoastError.Unsupported, $"{pack.FullPath}: does not steer {string.Join(", ", left)}, which an active pack does and would go on doing: GenAI cannot deactivate an adapter. Write the pack with zeros there. {instead}");
        if (_active.Count > 0 && !AdapterRule.LastWins)
            throw new RoastException(RoastError.Unsupported, $"{pack.FullPath}: this ONNX Runtime takes the first of two adapters that name one parameter, and GenAI cannot deactivate the first. {instead}");
        if (_active is [var only] && only == pack) return;
        _rows.Activate(_adapters!, Name(number));
        _active.Clear();
        _active.Add(pack);
    }

    int NumberOf(AdapterPack pack)
    {
        int number = Array.IndexOf(_packs, pack);
        return number >= 0 ? number : throw new ArgumentException($"{pack?.FullPath}: the run was started without this pack, so its ports are not there. Name it when the run is started.", nameof(pack));
    }

    /// <summary>Makes the next token.</summary>
    /// <returns><c>null</c>: the answer has ended, by an end token or by its length.</returns>
    public int? Next(CancellationToken cancellationToken = default)
    {
        if (_ended || Count >= _rows.MaxTokens) return null;
        Span<int> token = stackalloc int[1];
        _rows.Step(token, cancellationToken);
        _ended = !_ignoresEnd && _folder.EndTokens.Contains(token[0]);
        return token[0];
    }

    static string Name(int number) => $"pack{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _adapters?.Dispose();
    }
}
