using Roast.Onnx;
using Roast.Tasks;

namespace Roast.Native;

/// <summary>Vectors from questions, from answers that were sampled before, and from pairs of texts.</summary>
internal static unsafe class FitExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_fit", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Fit(nint model, byte* task, byte* path, FitOptions* options, nint* vector)
    {
        try
        {
            Handles.Clear(vector, "vector");
            using var lease = Handles.Lease<NativeModel>(model);
            var given = Versioned.Read(options, "options");
            var (opened, questions, managed) = (lease.Value.Model, Questions(task, path, given.QuestionLimit), given.ToManaged());
            *vector = Handles.Add(FitCall.Run(lease.Value, given, (progress, stop) => Roaster.FitInDetailAsync(opened, questions, managed, progress, stop)));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_fit_rollouts", CallConvs = [typeof(CallConvCdecl)])]
    public static Status FitRollouts(nint model, byte* task, byte* path, byte* rolloutsPath, FitOptions* options, nint* vector)
    {
        try
        {
            Handles.Clear(vector, "vector");
            using var lease = Handles.Lease<NativeModel>(model);
            var given = Versioned.Read(options, "options");
            var (opened, questions, managed) = (lease.Value.Model, Questions(task, path, given.QuestionLimit), given.ToManaged());
            var rollouts = RolloutFile.Read(Text8.Read(rolloutsPath, "rollouts_path"), opened.Shape.VocabularySize);
            *vector = Handles.Add(FitCall.Run(lease.Value, given, (progress, stop) => Roaster.FitFromRolloutsAsync(opened, questions, rollouts, managed, progress, stop)));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_fit_pairs", CallConvs = [typeof(CallConvCdecl)])]
    public static Status FitPairs(nint model, Pair* pairs, nuint count, FitOptions* options, nint* vector)
    {
        try
        {
            Handles.Clear(vector, "vector");
            using var lease = Handles.Lease<NativeModel>(model);
            var given = Versioned.Read(options, "options");
            var questions = new Question[Arrays.Count(pairs, count, "pairs")];
            for (int i = 0; i < questions.Length; i++)
                questions[i] = new Question { Id = $"pair {i}", Prompt = Text8.Read(pairs[i].Prompt, "prompt"), Answer = Text8.Read(pairs[i].Right, "right"), Wrong = Text8.Read(pairs[i].Wrong, "wrong") };
            var (opened, task, managed) = (lease.Value.Model, new RoastTask("pairs", questions, new ExactVerifier()), given.ToManaged() with { Method = FitMethod.Caa });
            *vector = Handles.Add(FitCall.Run(lease.Value, given, (progress, stop) => Roaster.FitInDetailAsync(opened, task, managed, progress, stop)));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    static RoastTask Questions(byte* task, byte* path, int limit)
    {
        var questions = RoastTask.Load(Text8.Read(task, "task"), Text8.Read(path, "path"));
        return limit == 0 ? questions : questions.Take(limit);
    }
}
