using System.Text;

namespace Roast.Native;

/// <summary>What the library says about itself.</summary>
internal static unsafe class LibraryExports
{
    /// <summary>ROAST_ABI_VERSION of roast.h: raised when a caller of an older header would break, and that is never planned.</summary>
    public const uint AbiVersion = 1;

    static readonly byte* VersionText = Forever(typeof(LibraryExports).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");
    static readonly nint[] StatusNames = [.. Enum.GetValues<Status>().Select(status => (nint)Forever(NameOf(status)))];
    static readonly byte* Unknown = Forever("ROAST_E_UNKNOWN");

    [UnmanagedCallersOnly(EntryPoint = "roast_abi_version", CallConvs = [typeof(CallConvCdecl)])]
    public static uint GetAbiVersion() => AbiVersion;

    [UnmanagedCallersOnly(EntryPoint = "roast_version", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetVersion() => VersionText;

    [UnmanagedCallersOnly(EntryPoint = "roast_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetLastError() => LastError.Pointer;

    [UnmanagedCallersOnly(EntryPoint = "roast_status_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetStatusName(int status)
    {
        int index = Array.IndexOf(Enum.GetValues<Status>(), (Status)status);
        return index < 0 ? Unknown : (byte*)StatusNames[index];
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_device_count", CallConvs = [typeof(CallConvCdecl)])]
    public static Status DeviceCount(nuint* count)
    {
        try
        {
            Arrays.Require(count, "count");
            *count = 1;
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_device_get", CallConvs = [typeof(CallConvCdecl)])]
    public static Status DeviceGet(nuint index, DeviceInfo* info)
    {
        try
        {
            if (index != 0) throw new StatusException(Status.Argument, $"index is {index}; there is 1 device, the processor.");
            var device = new DeviceInfo { Kind = 0, Cores = Environment.ProcessorCount };
            FixedText.Write($"CPU ({RuntimeInformation.ProcessArchitecture})", new Span<byte>(device.Name, 64));
            Versioned.Write(device, info, "info");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    /// <summary>The name in roast.h: ROAST_OK, ROAST_END, ROAST_E_BAD_FILE.</summary>
    internal static string NameOf(Status status)
    {
        var name = new StringBuilder(status is Status.Ok or Status.End ? "ROAST" : "ROAST_E");
        foreach (char c in status.ToString())
        {
            if (char.IsUpper(c)) name.Append('_');
            name.Append(char.ToUpperInvariant(c));
        }
        return name.ToString();
    }

    static byte* Forever(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte* bytes = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length));
        return bytes;
    }
}
