using Roast.Onnx;

namespace Roast.Native;

/// <summary>Answers that are told piece by piece, and batches of rows.</summary>
internal static unsafe class GenerateExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_generate", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Generate(nint model, int* ids, nuint count, GenerateOptions* options, delegate* unmanaged[Cdecl]<void*, Piece*, int> onPiece, void* user, Outcome* outcome)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            var given = Versioned.Read(options, "options");
            var callback = onPiece == null ? null : new PieceCallback(onPiece, user);
            var answer = lease.Value.Model.Complete(Arrays.Read(ids, count, "ids"), given.ToManaged(), callback is null ? null : piece => callback.Call(0, piece), Handles.Token(given.Cancel));
            if (outcome != null) Versioned.Write(Outcome.Of(answer), outcome, "outcome");
            if (callback is { Stopped: true }) throw new StatusException(Status.Aborted, $"The callback ended the answer after {answer.Ids.Count} tokens.");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_batch_run", CallConvs = [typeof(CallConvCdecl)])]
    public static Status BatchRun(nint model, RowInput* rows, nuint count, nint cancel, delegate* unmanaged[Cdecl]<void*, Piece*, int> onPiece, void* user, nint* batch)
    {
        try
        {
            Handles.Clear(batch, "batch");
            using var lease = Handles.Lease<NativeModel>(model);
            var given = new GenerationRow[Arrays.Count(rows, count, "rows")];
            for (int i = 0; i < given.Length; i++)
            {
                var row = Versioned.ReadItem(rows, i, "rows");
                var options = Versioned.Read(row.Options, "rows.options");
                if (options.Cancel != 0) throw new StatusException(Status.Argument, $"rows[{i}].options.cancel is set; a batch is cancelled as a whole, by the cancel of roast_batch_run.");
                given[i] = new GenerationRow(Arrays.Read(row.Ids, row.IdCount, "rows.ids"), options.ToManaged());
            }
            var callback = onPiece == null ? null : new PieceCallback(onPiece, user);
            *batch = Handles.Add(new BatchResult(lease.Value.Model.CompleteAll(given, callback is null ? null : callback.Call, Handles.Token(cancel))));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_batch_count", CallConvs = [typeof(CallConvCdecl)])]
    public static Status BatchCount(nint batch, nuint* count)
    {
        try
        {
            Arrays.Require(count, "count");
            *count = (nuint)Handles.Get<BatchResult>(batch).Count;
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_batch_get", CallConvs = [typeof(CallConvCdecl)])]
    public static Status BatchGet(nint batch, nuint index, Answer* answer)
    {
        try
        {
            Versioned.Write(Handles.Get<BatchResult>(batch)[index], answer, "answer");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_batch_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status BatchFree(nint batch)
    {
        try
        {
            Handles.Free<BatchResult>(batch);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
