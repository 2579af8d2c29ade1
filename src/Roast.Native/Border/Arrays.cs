namespace Roast.Native;

/// <summary>Arrays in both directions, their lengths checked before anything is allocated.</summary>
internal static unsafe class Arrays
{
    /// <summary>Most items of one array; a length above it is a mistake.</summary>
    public const int MaxItems = 1 << 24;

    /// <summary>Refuses lengths that cannot be meant, and a null array with a length.</summary>
    public static int Count(void* array, nuint count, string name)
    {
        if (count > MaxItems) throw new StatusException(Status.Argument, $"{name} has more than {MaxItems} items. Check the count that was passed.");
        if (array == null && count > 0) throw new StatusException(Status.Argument, $"{name} is NULL, but its count is {count}.");
        return (int)count;
    }

    /// <summary>Copies the caller's array.</summary>
    public static T[] Read<T>(T* array, nuint count, string name) where T : unmanaged => new ReadOnlySpan<T>(array, Count(array, count, name)).ToArray();

    /// <summary>Writes into the caller's array; always says how many items there are.</summary>
    /// <exception cref="StatusException"><see cref="Status.Buffer"/>: they do not fit.</exception>
    public static void Write<T>(ReadOnlySpan<T> items, T* array, nuint capacity, nuint* count) where T : unmanaged
    {
        Require(count, "count");
        *count = (nuint)items.Length;
        if (items.Length == 0) return;
        if (array == null || capacity < (nuint)items.Length)
            throw new StatusException(Status.Buffer, $"There are {items.Length} items; the array has room for {(array == null ? 0 : capacity)}. Call again with a larger one.");
        items.CopyTo(new Span<T>(array, items.Length));
    }

    /// <summary>Refuses a null address.</summary>
    public static void Require(void* address, string name)
    {
        if (address == null) throw new StatusException(Status.Argument, $"{name} is NULL; pass an address.");
    }
}
