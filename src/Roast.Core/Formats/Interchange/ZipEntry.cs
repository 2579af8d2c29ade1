namespace Roast.Formats;

/// <summary>One file in a zip archive, as its central directory describes it.</summary>
/// <param name="Name">UTF-8.</param>
/// <param name="Method">0: stored, 8: deflated.</param>
/// <param name="Crc">Of the unpacked bytes.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Unpacked">Bytes after unpacking, as claimed.</param>
/// <param name="Header">Where its local header begins.</param>
readonly record struct ZipEntry(string Name, ushort Method, uint Crc, long Packed, long Unpacked, long Header);
