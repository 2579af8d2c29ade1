namespace Roast.Native;

/// <summary>roast_activations: what a model computed for a sequence.</summary>
internal static unsafe class ActivationsExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_activations_read", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Read(nint model, int* ids, nuint count, byte* points, int lastOnly, nint cancel, nint* activations)
    {
        try
        {
            Handles.Clear(activations, "activations");
            using var lease = Handles.Lease<NativeModel>(model);
            var opened = lease.Value.Model;
            var wanted = PointPattern.Parse(Text8.Read(points, "points")).Resolve(opened.Shape.Layers);
            var read = opened.ReadActivationsAsync(Arrays.Read(ids, count, "ids"), wanted, lastOnly != 0, logits: false, Handles.Token(cancel)).GetAwaiter().GetResult();
            *activations = Handles.Add(new ActivationsResult(read));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_activations_count", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Count(nint activations, nuint* count)
    {
        try
        {
            using var lease = Handles.Lease<ActivationsResult>(activations);
            Arrays.Require(count, "count");
            *count = (nuint)lease.Value.Count;
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_activations_get", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Get(nint activations, nuint index, PointValues* values)
    {
        try
        {
            using var lease = Handles.Lease<ActivationsResult>(activations);
            Versioned.Write(lease.Value[index], values, "values");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_activations_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Free(nint activations)
    {
        try
        {
            Handles.Free<ActivationsResult>(activations);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
