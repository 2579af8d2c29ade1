namespace Roast.Cuda;

/// <summary>Checks of what a call is given, the same for every launcher.</summary>
internal static class ViewSizes
{
    public static void AtLeast(long length, long needed, string name)
    {
        if (length < needed) throw new ArgumentException($"{name} holds {length} values, {needed} are needed.", name);
    }

    public static void Aligned(nint address, string name)
    {
        if (address % 16 != 0) throw new ArgumentException($"{name} must begin at a multiple of 16 bytes.", name);
    }
}
