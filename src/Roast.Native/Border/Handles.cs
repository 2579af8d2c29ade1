namespace Roast.Native;

/// <summary>The process's handles, in few words.</summary>
internal static unsafe class Handles
{
    public static nint Add(object target) => HandleTable.Shared.Add(target);

    public static Lease<T> Lease<T>(nint handle) where T : class => HandleTable.Shared.Lease<T>(handle);

    public static void Free<T>(nint handle) where T : class => HandleTable.Shared.Free<T>(handle);

    /// <summary>An object that nothing disposes: it may be used after its handle was freed.</summary>
    public static T Get<T>(nint handle) where T : class
    {
        using var lease = Lease<T>(handle);
        return lease.Value;
    }

    /// <summary>The token of a cancel handle; none where the handle is null.</summary>
    public static CancellationToken Token(nint cancel) => cancel == 0 ? CancellationToken.None : Get<CancelHandle>(cancel).Token;

    /// <summary>Makes an out handle defined on every way out.</summary>
    public static void Clear(nint* handle, string name)
    {
        Arrays.Require(handle, name);
        *handle = 0;
    }
}
