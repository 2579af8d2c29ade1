namespace Roast.Cuda;

/// <summary>The type of a model's activations.</summary>
public enum ElementType
{
    /// <summary>IEEE binary32.</summary>
    Float32,
    /// <summary>IEEE binary16.</summary>
    Float16,
    /// <summary>The upper half of a binary32.</summary>
    BFloat16,
}

/// <summary>Facts of <see cref="ElementType"/>.</summary>
internal static class ElementTypes
{
    public static int Bytes(this ElementType type) => type == ElementType.Float32 ? 4 : 2;

    /// <summary>Values in the 16 bytes that a thread moves at once.</summary>
    public static int PerThread(this ElementType type) => 16 / type.Bytes();
}
