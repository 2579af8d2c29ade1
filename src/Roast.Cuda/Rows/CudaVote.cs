using Roast.Contrast;
using Roast.Onnx.Devices;

namespace Roast.Cuda.Rows;

/// <summary>One pass over a fit's sums: every point's contrasts, in batches that bound the memory, their states, and their weighted mean.</summary>
internal sealed class CudaVote : IDisposable
{
    readonly IKernelLauncher _launcher;
    readonly ActivationLayout _layout;
    readonly SoftScaling _scaling;
    readonly int _questions, _batch;
    readonly double _weight;
    readonly List<DeviceBuffer> _buffers = [];
    readonly DeviceView<int> _correct, _correctCounts, _incorrect, _incorrectCounts, _states;    // [questions]; the last [points, questions]
    readonly DeviceView<double> _weights, _votes, _sizes, _differences, _vector;
    readonly DeviceView<float> _mean;

    public CudaVote(IKernelLauncher launcher, IReadOnlyList<SumPair> questions, ActivationLayout layout, SoftScaling scaling, long mostBatchBytes)
    {
        (_launcher, _layout, _scaling, _questions, _weight) = (launcher, layout, scaling, questions.Count, questions.Sum(question => question.Weight));
        int widest = Enumerable.Range(0, layout.Points.Count).Max(layout.Width);
        _batch = (int)Math.Clamp(mostBatchBytes / (sizeof(double) * ContrastCall.Pitch(widest)), 1, _questions);
        try
        {
            _correct = In(questions, question => question.Correct);
            _correctCounts = In(questions, question => question.CorrectCount);
            _incorrect = In(questions, question => question.Incorrect);
            _incorrectCounts = In(questions, question => question.IncorrectCount);
            _weights = In(questions, question => question.Weight);
            _states = Out<int>((long)layout.Points.Count * _questions);
            (_votes, _sizes, _differences) = (Out<double>(_batch), Out<double>(_batch), Out<double>((long)_batch * ContrastCall.Pitch(widest)));
            (_vector, _mean) = (Out<double>(layout.TotalWidth), Out<float>(widest));
            launcher.Fill(_vector.Buffer!.As<byte>(), 0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Contrasts every question at a point.</summary>
    /// <param name="point">Its number in the layout.</param>
    /// <param name="sums">Sums over all points.</param>
    /// <param name="stride">Values from one sum to the next.</param>
    public void Add(int point, DeviceView<double> sums, int stride)
    {
        int width = _layout.Width(point), from = _layout.Offset(point);
        for (int first = 0; first < _questions; first += _batch)
        {
            int count = Math.Min(_batch, _questions - first);
            var (votes, differences) = (_votes.Slice(0, count), _differences.Slice(0, (long)count * ContrastCall.Pitch(width)));
            _launcher.ContrastSums(new ContrastSumsCall
            {
                Sums = sums.Slice(from, sums.Length - from), Stride = stride, Width = width, Scaling = _scaling,
                Correct = _correct.Slice(first, count), CorrectCounts = _correctCounts.Slice(first, count), Incorrect = _incorrect.Slice(first, count), IncorrectCounts = _incorrectCounts.Slice(first, count),
                Weights = _weights.Slice(first, count), Votes = votes, Sizes = _sizes, Differences = differences, States = _states.Slice((long)point * _questions + first, count),
            });
            _launcher.ContrastMean(new ContrastMeanCall { Differences = differences, Votes = votes, Sums = _vector.Slice(from, width), Mean = _mean.Slice(0, width), TotalWeight = _weight });
        }
    }

    /// <summary>Waits, and moves the vector and the states to the host. In float64, since a vector is rounded once, when it is made.</summary>
    public DeviceVotes Read()
    {
        var (vector, states, degenerate) = (new double[_layout.TotalWidth], new int[_states.Length], new int[_layout.Points.Count]);
        _launcher.Download(_vector, vector.AsSpan());
        _launcher.Download(_states, states.AsSpan());
        if (_weight > 0) System.Numerics.Tensors.TensorPrimitives.Divide(vector, _weight, vector);
        for (int i = 0; i < states.Length; i++)
            if ((ContrastState)states[i] == ContrastState.Degenerate) degenerate[i / _questions]++;
        return new DeviceVotes(vector, degenerate);
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers) buffer.Dispose();
    }

    DeviceView<T> In<T>(IReadOnlyList<SumPair> questions, Func<SumPair, T> part) where T : unmanaged
    {
        var view = Out<T>(questions.Count);
        _launcher.Upload<T>(view, [.. questions.Select(part)]);
        return view;
    }

    DeviceView<T> Out<T>(long count) where T : unmanaged
    {
        var buffer = _launcher.Allocate(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        _buffers.Add(buffer);
        return buffer.As<T>();
    }
}
