namespace Roast.Sampling;

public sealed partial class Sampler
{
    /// <summary>Inverts the cumulative sum over the whole vocabulary, by ascending id.</summary>
    int DrawFromAll(int vocabulary, double uniform)
    {
        double total = 0, running = 0;
        for (int id = 0; id < vocabulary; id++) total += _weights[id];
        double target = uniform * total;
        int last = 0;                                                       // rounding may leave the target at the very end
        for (int id = 0; id < vocabulary; id++)
        {
            if (_weights[id] == 0) continue;
            running += _weights[id];
            last = id;
            if (target < running) break;
        }
        return last;
    }

    /// <summary>Inverts the cumulative sum over the kept candidates, in their order.</summary>
    int DrawFromKept(int count, double uniform)
    {
        var kept = _candidates.AsSpan(0, count);
        double total = 0, running = 0;
        foreach (ulong key in kept) total += _weights[IdOf(key)];
        double target = uniform * total;
        int last = IdOf(kept[0]);
        foreach (ulong key in kept)
        {
            double weight = _weights[IdOf(key)];
            if (weight == 0) continue;
            running += weight;
            last = IdOf(key);
            if (target < running) break;
        }
        return last;
    }
}
