using Roast.Contrast;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tasks;

namespace Roast.Onnx.Fit;

/// <summary>Fits by one or several pools from the same answers: what they are given, what they have counted so far.</summary>
internal sealed class FitRun
{
    readonly SteerableModel _model;
    readonly RoastTask _task;
    readonly RoastOptions _options;
    readonly IProgress<WorkProgress>? _progress;
    readonly CancellationToken _cancel;
    readonly IReadOnlyList<Point> _points;
    readonly IReadOnlyList<Pool> _pools;
    readonly IReadOnlyList<PoolTally> _tallies;              // [pools]
    readonly List<Rollout> _rollouts = [];
    string? _note;
    int _tooLong;
    bool _sampled;                                          // here and now: of answers that were given, nobody knows the settings

    /// <param name="model">The model that answers.</param>
    /// <param name="task">Questions with a verifier.</param>
    /// <param name="options">Its pool is not looked at.</param>
    /// <param name="pools">At least one, each once: a result for each, in their order.</param>
    /// <param name="progress">Told about every answer.</param>
    /// <param name="cancel">Ends the work, also inside a step.</param>
    public FitRun(SteerableModel model, RoastTask task, RoastOptions options, IReadOnlyList<Pool> pools, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        (_model, _task, _options, _progress, _cancel) = (model, task, options, progress, cancel);
        if (task.Questions.Count == 0) throw new RoastException(RoastError.BadTask, $"Task '{task.Name}' has no questions. Give it at least one.");
        _points = options.Points.Resolve(model.Shape.Layers);
        var layout = model.Rows.Layout(_points);
        (_pools, _tallies) = (pools, [.. pools.Select(pool => new PoolTally(pool, layout))]);
    }

    /// <summary>Which questions have which answers; by every pool the same.</summary>
    FitSums Counts => _tallies[0].Sums;

    public IReadOnlyList<FitResult> FromSampling()
    {
        if (_options.Method == FitMethod.Caa) return FromKnownAnswers();
        var questions = PreparedQuestion.All(_model, _task, _options.MaxAnswerTokens ?? 1, out _tooLong);
        Keep((long)questions.Count * _options.Rollouts);
        try
        {
            SumOnDevice(questions.Count);
            AddQuestions(questions);
            Sample(questions);
            _sampled = true;
            ReadStandIns(questions);
            return Solve();
        }
        catch
        {
            foreach (var tally in _tallies) tally.Sums.Release();
            throw;
        }
    }

    public IReadOnlyList<FitResult> FromRollouts(IReadOnlyList<Rollout> rollouts)
    {
        if (rollouts.Count == 0) throw new RoastException(RoastError.BadTask, "There are no rollouts to fit from. Give at least one, or sample them.");
        var known = _task.Questions.ToDictionary(question => question.Id);
        Keep(rollouts.Count);
        using (var reader = new AnswerReader(_model, _points, _pools))
            for (int i = 0; i < rollouts.Count; i++)
            {
                var rollout = rollouts[i];
                if (!known.ContainsKey(rollout.QuestionId))
                    throw new RoastException(RoastError.BadTask, $"Rollout {i + 1} answers question '{rollout.QuestionId}', which task '{_task.Name}' does not have. Give the questions that the rollouts were sampled for.");
                Add(rollout, reader.Read(rollout.PromptIds, rollout.Ids, _cancel));
                Report("reading rollouts", i + 1, rollouts.Count);
            }
        var questions = PreparedQuestion.All(_model, _task, 1, out _tooLong);
        AddQuestions(questions);
        ReadStandIns(questions);
        return Solve();
    }

    IReadOnlyList<FitResult> FromKnownAnswers()
    {
        var questions = PreparedQuestion.All(_model, _task, 1, out _tooLong);
        AddQuestions(questions);
        Keep(2L * questions.Count);
        using var reader = new AnswerReader(_model, _points, _pools);
        int done = 0;
        foreach (var question in questions)
        {
            if (question.Question.Wrong is { } wrong && wrong != question.Question.Answer)
            {
                ReadKnown(reader, question, 0, question.Question.Reference, correct: true);
                ReadKnown(reader, question, 1, wrong, correct: false);
            }
            Report("reading known answers", ++done, questions.Count);
        }
        return Solve();
    }

    void ReadKnown(AnswerReader reader, PreparedQuestion question, int index, string text, bool correct)
    {
        int[] ids = reader.Encode(text);
        if (Fits(question, ids)) Add(new Rollout(question.Question.Id, index, question.Prompt, ids, text, correct), reader.Read(question.Prompt, ids, _cancel));
        else _tooLong++;
    }

    void Sample(List<PreparedQuestion> questions)
    {
        var requests = new List<RowRequest>(questions.Count * _options.Rollouts);
        foreach (var question in questions)
            for (int i = 0; i < _options.Rollouts; i++)
                requests.Add(new RowRequest
                {
                    Prompt = question.Prompt,
                    Sampler = _options.Sampler,
                    Seed = new RowSeed(_options.Seed, (uint)question.Number, (uint)i),
                    MaxTokens = _options.MaxAnswerTokens ?? _model.RoomAfter(question.Prompt.Length),
                    EndTokens = _model.EndTokenArray,
                    Capture = _pools,
                    LeavesCapture = true,
                    Label = $"question '{question.Question.Id}', rollout {i}",
                });
        var sampled = new Rollout[requests.Count];
        int done = 0;
        long tokens = 0;
        _model.Rows.Run(requests, _points, (index, result) =>
        {
            var question = questions[index / _options.Rollouts];
            string text = _model.RequireTokenizer().Decode(result.Tokens);
            sampled[index] = new Rollout(question.Question.Id, index % _options.Rollouts, question.Prompt, result.Tokens, text, _task.Verifier.IsCorrect(question.Question, text));
            foreach (var (tally, captured) in _tallies.Zip(result.Captured!)) tally.Add(sampled[index], captured);
            Report("rollouts", ++done, requests.Count, tokens += result.Tokens.Length);
        }, _cancel);
        _rollouts.AddRange(sampled);
    }

    /// <summary>Reference answers where nothing was right, known wrong answers where nothing was wrong.</summary>
    void ReadStandIns(List<PreparedQuestion> questions)
    {
        var one = questions.Where(question => !Counts.Count(question.Question.Id).HasContrast).ToList();
        if (one.Count == 0) return;
        using var reader = new AnswerReader(_model, _points, _pools);
        int done = 0;
        foreach (var question in one)
        {
            bool allWrong = Counts.Count(question.Question.Id).NeedsReference;
            string? standIn = allWrong ? question.Question.Reference : question.Question.Wrong;
            if (standIn is { Length: > 0 } && (allWrong || standIn != question.Question.Answer))
            {
                int[] ids = reader.Encode(standIn);
                if (Fits(question, ids)) AddStandIn(question.Question.Id, allWrong, reader.Read(question.Prompt, ids, _cancel));
                else _tooLong++;
            }
            Report("reading references", ++done, one.Count);
        }
    }

    void AddStandIn(string question, bool isReference, float[][] activations)
    {
        foreach (var (tally, pooled) in _tallies.Zip(activations))
            if (isReference) tally.Sums.AddReference(question, pooled);
            else tally.Sums.AddKnownWrong(question, pooled);
    }

    IReadOnlyList<FitResult> Solve() => [.. _tallies.Select(Solve)];

    FitResult Solve(PoolTally tally)
    {
        var solution = tally.Sums.Solve(_options.Scaling, _options.RereadWeight);
        var provenance = new VectorProvenance
        {
            Method = _options.Method switch { FitMethod.Roast => "roast", FitMethod.Caa => "caa", _ => "mean_difference" },
            Scaling = _options.Scaling,
            Pool = tally.Pool,
            Model = _model.Identity,
            QuestionHashes = [.. _task.Questions.Select(question => question.Hash)],
            Rollouts = !_sampled ? null : new RolloutSettings(_options.Rollouts, _options.Sampler.Temperature, _options.Sampler.TopP, _options.MaxAnswerTokens ?? _model.Shape.MaxPositions, _options.Seed),
            Counts = solution.Counts,
            MeanNorms = solution.MeanNorms,
        };
        var vector = _options.Method == FitMethod.MeanDifference
            ? tally.Sums.Layout.ToVector(point => Baselines.PooledMeanDifference(tally.Sums.Statistics.Value, point, _options.Scaling), provenance)
            : solution.ToVector(provenance);
        return new FitResult(vector, tally.Sums, solution, _rollouts, _tooLong) { Activations = tally.Kept, Note = _note };
    }

    void AddQuestions(List<PreparedQuestion> questions)
    {
        foreach (var tally in _tallies)
            foreach (var question in questions) tally.Sums.AddQuestion(question.Question.Id);
    }

    /// <summary>
    /// Sums where the rollouts' captures are, unless the fit needs single ones on the host, or sums of all questions at once (a pooled mean difference).
    /// Answers that are read arrive on the host, so a fit that samples none has its sums there.
    /// </summary>
    void SumOnDevice(int questions)
    {
        if (_options.KeepActivations || _options.Method != FitMethod.Roast) return;
        try
        {
            foreach (var tally in _tallies)
                if (_model.Rows.Contrasts(tally.Sums.Layout, checked(2 * questions)) is { } memory) tally.SumIn(memory);
        }
        catch (RoastException e) when (e.Kind == RoastError.Device)
        {
            _note = $"The contrast is made on the host: {e.Message} Fit fewer questions or points at a time to keep it on the device.";
        }
    }

    void Keep(long rollouts)
    {
        if (!_options.KeepActivations) return;
        foreach (var tally in _tallies) tally.Keep((int)Math.Min(int.MaxValue, rollouts));
    }

    bool Fits(PreparedQuestion question, int[] answer) => answer.Length > 0 && question.Prompt.Length + answer.Length <= _model.Shape.MaxPositions;

    void Add(Rollout rollout, float[][] activations)
    {
        Count(rollout, activations);
        _rollouts.Add(rollout);
    }

    void Count(Rollout rollout, float[][] activations)
    {
        foreach (var (tally, pooled) in _tallies.Zip(activations)) tally.Add(rollout, pooled);
    }

    void Report(string stage, int done, int total, long tokens = 0) => _progress?.Report(new WorkProgress(stage, done, total, tokens));
}
