using Roast.Contrast;

namespace Roast.Cuda;

/// <summary>
/// The steering vector of one point, made where the activations are: batches of questions in, and at the end one vector out.
/// The same vector as <see cref="ContrastStatistics"/> gives, to float32's rounding. Memory: 8 bytes * width for each question of the largest batch.
/// </summary>
public sealed class DeviceContrast : IDisposable
{
    readonly IKernelLauncher _launcher;
    readonly SoftScaling _scaling;
    readonly int _width;
    readonly DeviceBuffer _sums, _mean;
    DeviceBuffer? _batch;

    /// <summary>No question yet.</summary>
    /// <param name="launcher">Where; must outlive this.</param>
    /// <param name="width">The point's width; at least 1.</param>
    /// <param name="scaling">How each contrast is normalized.</param>
    public DeviceContrast(IKernelLauncher launcher, int width, SoftScaling scaling = SoftScaling.MaxNorm)
    {
        ArgumentNullException.ThrowIfNull(launcher);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (_launcher, _width, _scaling) = (launcher, width, scaling);
        _sums = launcher.Allocate(width * sizeof(double));
        _mean = launcher.Allocate(width * sizeof(float));
        launcher.Fill(_sums.As<byte>(), 0);
        launcher.Fill(_mean.As<byte>(), 0);
    }

    /// <summary>The weights of the questions that gave a contrast, degenerate ones included.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>How many questions ended in each <see cref="ContrastState"/>.</summary>
    public IReadOnlyDictionary<ContrastState, int> Counts => _counts;

    readonly Dictionary<ContrastState, int> _counts = Enum.GetValues<ContrastState>().ToDictionary(state => state, _ => 0);

    /// <summary>Adds a batch of questions. Waits for the device: what became of each question is known when this returns.</summary>
    /// <param name="rows">[N, width] float32, pooled; any stride and start.</param>
    /// <param name="questions">Their rows; one-sided questions are skipped and counted.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="ArgumentException">Another width, a row number outside 0..N, or a negative weight.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.NotFinite"/>: names the first question whose activations hold NaN or infinity; nothing of the batch was added.</exception>
    public ContrastState[] Add(ActivationView rows, ReadOnlySpan<QuestionRows> questions)
    {
        if (rows.Width != _width) throw new ArgumentException($"The rows have width {rows.Width}, this contrast {_width}.", nameof(rows));
        if (questions.IsEmpty) return [];
        var batch = QuestionBatch.Of(questions, rows.Rows);
        var place = Reserve(batch);
        _launcher.Upload(place.CorrectAt, batch.CorrectAt);
        _launcher.Upload(place.Correct, batch.Correct);
        _launcher.Upload(place.IncorrectAt, batch.IncorrectAt);
        _launcher.Upload(place.Incorrect, batch.Incorrect);
        _launcher.Upload(place.Weights, batch.Weights);
        _launcher.Contrast(new ContrastCall
        {
            Rows = rows, CorrectAt = place.CorrectAt, Correct = place.Correct, IncorrectAt = place.IncorrectAt, Incorrect = place.Incorrect, Weights = place.Weights,
            Differences = place.Differences, Votes = place.Votes, Sizes = place.Sizes, States = place.States, Scaling = _scaling,
        });
        var states = new int[questions.Length];
        _launcher.Download(place.States, states);
        var became = Array.ConvertAll(states, state => (ContrastState)state);
        int bad = Array.IndexOf(became, ContrastState.NotFinite);
        if (bad >= 0) throw new RoastException(RoastError.NotFinite, $"Question {bad} of a batch of {questions.Length} on {_launcher.Name}: NaN or infinity among its activations; every value must be finite. The norms of its rows say which.");
        for (int q = 0; q < became.Length; q++)
        {
            _counts[became[q]]++;
            if (became[q] != ContrastState.OneSided) TotalWeight += questions[q].Weight;
        }
        _launcher.ContrastMean(new ContrastMeanCall { Differences = place.Differences, Votes = place.Votes, Sums = _sums.As<double>(), Mean = _mean.As<float>(), TotalWeight = TotalWeight });
        return became;
    }

    /// <summary>[width] the weighted mean over all questions so far.</summary>
    /// <exception cref="RoastException"><see cref="RoastError.NoContrast"/>: no question gave a contrast. <see cref="RoastError.NotFinite"/>: the mean does not fit into float32.</exception>
    public float[] ToVector()
    {
        if (!(TotalWeight > 0)) throw new RoastException(RoastError.NoContrast, $"None of {_counts.Values.Sum()} questions gave a contrast: a question needs correct and incorrect rows.");
        var vector = new float[_width];
        _launcher.Download(_mean.As<float>(), vector);
        if (!System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(vector)) throw new RoastException(RoastError.NotFinite, "The mean of the contrasts does not fit into float32; scale them, or look for huge activations.");
        return vector;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.Dispose();
        _mean.Dispose();
        _batch?.Dispose();
    }

    BatchPlace Reserve(QuestionBatch batch)
    {
        long needed = BatchPlace.Bytes(batch, _width);
        if (_batch is null || _batch.Bytes < needed)
        {
            _launcher.Wait();                                // the batch before may still be read
            _batch?.Dispose();
            _batch = null;
            _batch = _launcher.Allocate(needed);
        }
        return BatchPlace.In(_batch, batch, _width);
    }
}
