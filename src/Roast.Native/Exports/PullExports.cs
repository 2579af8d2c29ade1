namespace Roast.Native;

/// <summary>roast_generation: an answer that the caller pulls.</summary>
internal static unsafe class PullExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_generation_start", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Start(nint model, int* ids, nuint count, GenerateOptions* options, nint* generation)
    {
        Lease<NativeModel>? lease = null;
        try
        {
            Handles.Clear(generation, "generation");
            var given = Versioned.Read(options, "options");
            var (prompt, managed, cancel) = (Arrays.Read(ids, count, "ids"), given.ToManaged(), Handles.Token(given.Cancel));
            lease = Handles.Lease<NativeModel>(model);       // the answer keeps the model until it is freed itself
            *generation = Handles.Add(new PulledAnswer(lease, prompt, managed, cancel));
            lease = null;
            return Status.Ok;
        }
        catch (Exception e)
        {
            lease?.Dispose();
            return LastError.Set(e);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_generation_next", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Next(nint generation, Piece* piece)
    {
        try
        {
            using var lease = Handles.Lease<PulledAnswer>(generation);
            Arrays.Require(piece, "piece");
            Versioned.Read(piece, "piece");                  // a wrong size is found before a token is lost to it
            bool more = lease.Value.Next(out var next);
            Versioned.Write(next, piece, "piece");
            return more ? Status.Ok : Status.End;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_generation_outcome", CallConvs = [typeof(CallConvCdecl)])]
    public static Status GetOutcome(nint generation, Outcome* outcome)
    {
        try
        {
            using var lease = Handles.Lease<PulledAnswer>(generation);
            Versioned.Write(Outcome.Of(lease.Value.Answer), outcome, "outcome");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_generation_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Free(nint generation)
    {
        try
        {
            Handles.Free<PulledAnswer>(generation);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
