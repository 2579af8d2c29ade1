namespace Roast.Cuda;

/// <summary>Blocks in x and y, threads in a block.</summary>
internal readonly record struct LaunchShape(int GridX, int GridY, int Block)
{
    const int MostBlocksY = 65535;                           // CUDA's limit; kernels stride over the rest
    const int Threads = 256;

    /// <summary>A thread owns <paramref name="perThread"/> columns; a row of blocks per row.</summary>
    public static LaunchShape Columns(int width, int perThread, int rows) => new(Parts(width, Threads * perThread), Math.Clamp(rows, 1, MostBlocksY), Threads);

    /// <summary>A block owns <paramref name="perBlock"/> columns; a row of blocks per row.</summary>
    public static LaunchShape Pieces(int width, int perBlock, int rows) => new(Parts(width, perBlock), Math.Clamp(rows, 1, MostBlocksY), Threads);

    /// <summary>A block per item.</summary>
    public static LaunchShape Items(int count) => new(Math.Clamp(count, 1, MostBlocksY), 1, Threads);

    static int Parts(int width, int size) => (int)(((long)width + size - 1) / size);
}
