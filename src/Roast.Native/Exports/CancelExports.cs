namespace Roast.Native;

/// <summary>roast_cancel.</summary>
internal static unsafe class CancelExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_cancel_create", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Create(nint* cancel)
    {
        try
        {
            Handles.Clear(cancel, "cancel");
            *cancel = Handles.Add(new CancelHandle());
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_cancel_request", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Request(nint cancel)
    {
        try
        {
            Handles.Get<CancelHandle>(cancel).Request();
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_cancel_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Free(nint cancel)
    {
        try
        {
            Handles.Free<CancelHandle>(cancel);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
