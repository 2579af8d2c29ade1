using System.Runtime.InteropServices;

namespace Roast.Graph.Export;

/// <summary>A second name for a file. The framework has symbolic links only, and ONNX Runtime does not follow those out of a model's folder.</summary>
internal static partial class HardLink
{
    /// <summary>Gives a file another name; <c>false</c> where the file systems differ, know no links, or the rights do not suffice.</summary>
    public static bool TryCreate(string existing, string name)
    {
        // A link to a link would be one that leads out of the folder.
        string target = File.ResolveLinkTarget(existing, returnFinalTarget: true)?.FullName ?? existing;
        return OperatingSystem.IsWindows() ? CreateHardLinkW(name, target, 0) : link(target, name) == 0;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int link(string existing, string name);

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLinkW(string name, string existing, nint security);
}
