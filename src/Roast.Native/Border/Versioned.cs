using System.Runtime.CompilerServices;

namespace Roast.Native;

/// <summary>Structs that grow: each begins with its size, so that old callers meet new fields, and new callers an old library.</summary>
internal static unsafe class Versioned
{
    /// <summary>Larger sizes are a mistake and not a future version.</summary>
    const int MaxSize = 4096;

    /// <summary>Reads a struct that may be shorter than ours (absent fields are zero) or longer (then the rest must be zero).</summary>
    /// <param name="source"><c>null</c>: all fields zero.</param>
    /// <exception cref="StatusException"><see cref="Status.Argument"/>: a size that no version has, or fields of a later version that are set.</exception>
    public static T Read<T>(T* source, string name) where T : unmanaged => source == null ? default : Read<T>((byte*)source, SizeOf(source, name), name);

    /// <summary>Reads item <paramref name="index"/> of an array whose items are as large as its first one says.</summary>
    public static T ReadItem<T>(T* items, int index, string name) where T : unmanaged
    {
        nuint size = SizeOf(items, name);
        byte* item = (byte*)items + (nuint)index * size;
        if (SizeOf((T*)item, name) != size) throw new StatusException(Status.Argument, $"{name}[{index}].struct_size is {*(nuint*)item}; expected {size} as in {name}[0].");
        return Read<T>(item, size, name);
    }

    /// <summary>Writes as much of a struct as the caller's has room for. The caller has set struct_size.</summary>
    public static void Write<T>(T value, T* destination, string name) where T : unmanaged
    {
        Arrays.Require(destination, name);
        nuint size = SizeOf(destination, name), ours = (nuint)Unsafe.SizeOf<T>();
        *(nuint*)&value = size;                              // the caller's own size stays
        new ReadOnlySpan<byte>(&value, (int)Math.Min(size, ours)).CopyTo(new Span<byte>(destination, (int)Math.Min(size, ours)));
        if (size > ours) new Span<byte>((byte*)destination + ours, (int)(size - ours)).Clear();
    }

    static T Read<T>(byte* source, nuint size, string name) where T : unmanaged
    {
        nuint ours = (nuint)Unsafe.SizeOf<T>();
        T value = default;
        new ReadOnlySpan<byte>(source, (int)Math.Min(size, ours)).CopyTo(new Span<byte>(&value, (int)ours));
        if (size > ours && new ReadOnlySpan<byte>(source + ours, (int)(size - ours)).ContainsAnyExcept((byte)0))
            throw new StatusException(Status.Argument, $"{name} sets fields behind byte {ours}, which this version does not know. Use a newer library, or leave them zero.");
        return value;
    }

    static nuint SizeOf<T>(T* source, string name) where T : unmanaged
    {
        nuint size = *(nuint*)source;
        return size >= (nuint)sizeof(nuint) && size <= MaxSize && size % 4 == 0
            ? size
            : throw new StatusException(Status.Argument, $"{name}.struct_size is {size}; expected sizeof of the struct, {Unsafe.SizeOf<T>()} in this version. Set it before the call.");
    }
}
