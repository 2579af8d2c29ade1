using System.Runtime.InteropServices;

namespace Roast.Graph.Bake;

/// <summary>A second name for a file's bytes, so that weights are not copied.</summary>
internal static partial class HardLink
{
    /// <summary>Links, or copies where the file system (or a boundary between two) allows no link.</summary>
    /// <returns>Whether it is a link.</returns>
    /// <exception cref="IOException">The copy failed too.</exception>
    public static bool CreateOrCopy(string source, string target)
    {
        // A link's own name would be linked, not its file: the Hugging Face cache consists of symbolic links.
        string file = File.ResolveLinkTarget(source, returnFinalTarget: true)?.FullName ?? source;
        if (OperatingSystem.IsWindows() ? CreateHardLink(target, file, 0) : Link(file, target) == 0) return true;
        File.Copy(file, target);
        // A copy of a read-only file is to be deleted and replaced like any other.
        File.SetAttributes(target, File.GetAttributes(target) & ~FileAttributes.ReadOnly);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string target, string source, nint reserved);
}
