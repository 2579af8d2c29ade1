using System.Numerics.Tensors;

namespace Roast.Sampling;

public sealed partial class Sampler
{
    const int All = -1;

    /// <summary>
    /// Fills the weights and chooses the tokens that stay: the first <c>return</c> entries of the candidates, or
    /// <see cref="All"/> where no rule removes any.
    /// </summary>
    int Keep(Span<float> logits, float max, SamplerOptions options)
    {
        if (_weights.Length < logits.Length) (_weights, _candidates) = (new double[logits.Length], new ulong[logits.Length]);
        if (options.Temperature is not (0 or 1)) max = Cool(logits, max, options.Temperature);
        var weights = _weights.AsSpan(0, logits.Length);
        TensorPrimitives.ConvertTruncating(logits, weights);                // float32 to float64: exact
        TensorPrimitives.Subtract(weights, max, weights);
        TensorPrimitives.Exp(weights, weights);
        float least = options.TopK is { } k && k < logits.Length ? KthLargest(logits, k) : float.NegativeInfinity;
        if (options.TopP < 1) return KeepNucleus(logits, weights, least, options);
        if (float.IsNegativeInfinity(least) && options.MinP == 0) return All;
        int count = 0;
        for (int id = 0; id < logits.Length; id++)
            if (logits[id] >= least && weights[id] >= options.MinP && logits[id] != float.NegativeInfinity) _candidates[count++] = KeyOf(logits[id], id);
        return count;
    }

    /// <summary>Divides by the temperature in float32, as transformers does, and returns the new maximum.</summary>
    static float Cool(Span<float> logits, float max, float temperature)
    {
        if (!float.IsFinite(max / temperature))                             // shift first: the maximum becomes 0, the others may go to -infinity
        {
            TensorPrimitives.Subtract(logits, max, logits);
            max = 0;
        }
        TensorPrimitives.Divide(logits, temperature, logits);
        return max / temperature;
    }

    /// <summary>The k-th largest logit, by a heap whose root is the smallest of the k largest so far.</summary>
    float KthLargest(ReadOnlySpan<float> logits, int k)
    {
        var heap = _candidates.AsSpan(0, k);
        for (int i = 0; i < k; i++) SiftUp(heap, i, KeyOf(logits[i], 0));
        float least = LogitOf(heap[0]);
        foreach (float z in logits[k..])
        {
            if (z <= least) continue;                                       // nearly always: only a new record touches the heap
            SiftDown(heap, KeyOf(z, 0));
            least = LogitOf(heap[0]);
        }
        return least;
    }

    static void SiftUp(Span<ulong> heap, int i, ulong key)
    {
        for (int parent; i > 0 && heap[parent = (i - 1) / 2] > key; i = parent) heap[i] = heap[parent];
        heap[i] = key;
    }

    static void SiftDown(Span<ulong> heap, ulong key)
    {
        int i = 0;
        for (int child; (child = 2 * i + 1) < heap.Length; i = child)
        {
            if (child + 1 < heap.Length && heap[child + 1] < heap[child]) child++;
            if (heap[child] >= key) break;
            heap[i] = heap[child];
        }
        heap[i] = key;
    }

    /// <summary>A key that orders by logit, then by id.</summary>
    static ulong KeyOf(float logit, int id)
    {
        int bits = BitConverter.SingleToInt32Bits(logit + 0f);              // + 0: -0 and +0 are the same logit
        return (ulong)(uint)(bits < 0 ? ~bits : bits ^ int.MinValue) << 32 | (uint)id;
    }

    static int IdOf(ulong key) => (int)(uint)key;

    static float LogitOf(ulong key)
    {
        int bits = (int)(uint)(key >> 32);
        return BitConverter.Int32BitsToSingle(bits < 0 ? bits ^ int.MinValue : ~bits);
    }
}
