using System.Globalization;
using Roast.Contrast;
using Roast.Onnx.Rows;
using Roast.Sampling;
using Roast.Tasks;

namespace Roast.Onnx.Fit;

/// <summary>One fit: what it is given, what it has counted so far.</summary>
internal sealed class FitRun
{
    readonly SteerableModel _model;
    readonly RoastTask _task;
    readonly RoastOptions _options;
    readonly IProgress<WorkProgress>? _progress;
    readonly CancellationToken _cancel;
    readonly IReadOnlyList<Point> _points;
    FitSums _sums;
    readonly List<Rollout> _rollouts = [];
    RolloutActivations? _kept;
    string? _note;
    int _tooLong;
    bool _sampled;                                          // here and now: of answers that were given, nobody knows the settings

    public FitRun(SteerableModel model, RoastTask task, RoastOptions options, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        (_model, _task, _options, _progress, _cancel) = (model, task, options, progress, cancel);
        if (task.Questions.Count == 0) throw new RoastException(RoastError.BadTask, $"Task '{task.Name}' has no questions. Give it at least one.");
        _points = options.Points.Resolve(model.Shape.Layers);
        _sums = new HostSums(model.Rows.Layout(_points));
    }

    public FitResult FromSampling()
    {
        if (_options.Method == FitMethod.Caa) return FromKnownAnswers();
        var questions = PreparedQuestion.All(_model, _task, _options.MaxAnswerTokens ?? 1, out _tooLong);
        Keep((long)questions.Count * _options.Rollouts);
        _sums = OpenSums(questions.Count);
        try
        {
            foreach (var question in questions) _sums.AddQuestion(question.Question.Id);
            Sample(questions);
            _sampled = true;
            ReadStandIns(questions);
            return Solve();
        }
        catch
        {
            _sums.Release();
            throw;
        }
    }

    public FitResult FromRollouts(IReadOnlyList<Rollout> rollouts)
    {
        if (rollouts.Count == 0) throw new RoastException(RoastError.BadTask, "There are no rollouts to fit from. Give at least one, or sample them.");
        var known = _task.Questions.ToDictionary(question => question.Id);
        Keep(rollouts.Count);
        using (var reader = new AnswerReader(_model, _points, _options.Pool))
            for (int i = 0; i < rollouts.Count; i++)
            {
                var rollout = rollouts[i];
                if (!known.ContainsKey(rollout.QuestionId))
                    throw new RoastException(RoastError.BadTask, $"Rollout {i + 1} answers question '{rollout.QuestionId}', which task '{_task.Name}' does not have. Give the questions that the rollouts were sampled for.");
                Add(rollout, reader.Read(rollout.PromptIds, rollout.Ids, _cancel));
                Report("reading rollouts", i + 1, rollouts.Count);
            }
        var questions = PreparedQuestion.All(_model, _task, 1, out _tooLong);
        foreach (var question in questions) _sums.AddQuestion(question.Question.Id);
        ReadStandIns(questions);
        return Solve();
    }

    FitResult FromKnownAnswers()
    {
        var questions = PreparedQuestion.All(_model, _task, 1, out _tooLong);
        Keep(2L * questions.Count);
        using var reader = new AnswerReader(_model, _points, _options.Pool);
        int done = 0;
        foreach (var question in questions)
        {
            _sums.AddQuestion(question.Question.Id);
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
                    Capture = _options.Pool,
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
            if (_kept is null) _sums.AddRollout(question.Question.Id, Name(sampled[index]), sampled[index].IsCorrect, result.Captured!.Value);
            else Count(sampled[index], result.Captured!.Value.Read());
            Report("rollouts", ++done, requests.Count, tokens += result.Tokens.Length);
        }, _cancel);
        _rollouts.AddRange(sampled);
    }

    /// <summary>Reference answers where nothing was right, known wrong answers where nothing was wrong.</summary>
    void ReadStandIns(List<PreparedQuestion> questions)
    {
        var one = questions.Where(question => !_sums.Count(question.Question.Id).HasContrast).ToList();
        if (one.Count == 0) return;
        using var reader = new AnswerReader(_model, _points, _options.Pool);
        int done = 0;
        foreach (var question in one)
        {
            bool allWrong = _sums.Count(question.Question.Id).NeedsReference;
            string? standIn = allWrong ? question.Question.Reference : question.Question.Wrong;
            if (standIn is { Length: > 0 } && (allWrong || standIn != question.Question.Answer))
            {
                int[] ids = reader.Encode(standIn);
                if (!Fits(question, ids)) _tooLong++;
                else if (allWrong) _sums.AddReference(question.Question.Id, reader.Read(question.Prompt, ids, _cancel));
                else _sums.AddKnownWrong(question.Question.Id, reader.Read(question.Prompt, ids, _cancel));
            }
            Report("reading references", ++done, one.Count);
        }
    }

    FitResult Solve()
    {
        var solution = _sums.Solve(_options.Scaling, _options.RereadWeight);
        var provenance = new VectorProvenance
        {
            Method = _options.Method switch { FitMethod.Roast => "roast", FitMethod.Caa => "caa", _ => "mean_difference" },
            Scaling = _options.Scaling,
            Pool = _options.Pool,
            Model = _model.Identity,
            QuestionHashes = [.. _task.Questions.Select(question => question.Hash)],
            Rollouts = !_sampled ? null : new RolloutSettings(_options.Rollouts, _options.Sampler.Temperature, _options.Sampler.TopP, _options.MaxAnswerTokens ?? _model.Shape.MaxPositions, _options.Seed),
            Counts = solution.Counts,
            MeanNorms = solution.MeanNorms,
        };
        var vector = _options.Method == FitMethod.MeanDifference
            ? _sums.Layout.ToVector(point => Baselines.PooledMeanDifference(_sums.Statistics.Value, point, _options.Scaling), provenance)
            : solution.ToVector(provenance);
        return new FitResult(vector, _sums, solution, _rollouts, _tooLong) { Activations = _kept, Note = _note };
    }

    /// <summary>
    /// Sums where the rollouts' captures are, unless the fit needs single ones on the host, or sums of all questions at once (a pooled mean difference).
    /// Answers that are read arrive on the host, so a fit that samples none has its sums there.
    /// </summary>
    FitSums OpenSums(int questions)
    {
        if (_kept is not null || _options.Method != FitMethod.Roast) return _sums;
        try
        {
            return _model.Rows.Contrasts(_sums.Layout, checked(2 * questions)) is { } memory ? new DeviceSums(_sums.Layout, memory) : _sums;
        }
        catch (RoastException e) when (e.Kind == RoastError.Device)
        {
            _note = $"The contrast is made on the host: {e.Message} Fit fewer questions or points at a time to keep it on the device.";
            return _sums;
        }
    }

    /// <summary>Makes room for single rollouts where they are wanted: before the work, since there may be too many.</summary>
    void Keep(long rollouts)
    {
        if (_options.KeepActivations) _kept = new RolloutActivations(_sums.Layout, (int)Math.Min(int.MaxValue, rollouts));
    }

    bool Fits(PreparedQuestion question, int[] answer) => answer.Length > 0 && question.Prompt.Length + answer.Length <= _model.Shape.MaxPositions;

    void Add(Rollout rollout, float[] activations)
    {
        Count(rollout, activations);
        _rollouts.Add(rollout);
    }

    void Count(Rollout rollout, float[] activations)
    {
        _sums.AddRollout(rollout.QuestionId, Name(rollout), rollout.IsCorrect, activations);
        _kept?.Add(rollout.QuestionId, rollout.IsCorrect, activations);
    }

    static string Name(Rollout rollout) => rollout.Index.ToString(CultureInfo.InvariantCulture);

    void Report(string stage, int done, int total, long tokens = 0) => _progress?.Report(new WorkProgress(stage, done, total, tokens));
}
