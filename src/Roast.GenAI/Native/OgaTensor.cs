using System.Runtime.InteropServices;

namespace Roast.GenAI.Native;

/// <summary>A float32 tensor: over a buffer of ours, or one that a generator returned.</summary>
internal sealed unsafe class OgaTensor : OgaHandle
{
    const int Float32 = 1;

    OgaTensor() { }

    /// <summary>A tensor over memory that stays alive as long as it does.</summary>
    /// <param name="memory">At least as many elements as the shape has.</param>
    /// <param name="shape">Dimensions.</param>
    public static OgaTensor Over(PortMemory memory, params ReadOnlySpan<long> shape)
    {
        long elements = 1;
        foreach (long dimension in shape) elements = checked(elements * dimension);
        if (elements != memory.Length) throw new ArgumentException($"A tensor of {elements} elements over a buffer of {memory.Length}.", nameof(shape));
        var tensor = new OgaTensor();
        fixed (long* dimensions = shape)
            tensor.Take(Oga.OgaCreateTensorFromBuffer((void*)memory.DangerousGetHandle(), dimensions, (nuint)shape.Length, Float32, out nint made), made, "making a tensor", memory);
        return tensor;
    }

    /// <summary>Takes a tensor that a generator made: a copy of its own.</summary>
    public static OgaTensor Of(nint result, nint made, string what)
    {
        var tensor = new OgaTensor();
        tensor.Take(result, made, what);
        return tensor;
    }

    /// <summary>Copies the elements out; no span over native memory leaves.</summary>
    public void CopyTo(Span<float> destination)
    {
        OgaError.ThrowIfFailed(Oga.OgaTensorGetShapeRank(this, out nuint rank), "reading a tensor");
        Span<long> shape = stackalloc long[checked((int)Math.Min(rank, 8))];
        fixed (long* dimensions = shape) OgaError.ThrowIfFailed(Oga.OgaTensorGetShape(this, dimensions, rank), "reading a tensor");
        long elements = 1;
        foreach (long dimension in shape) elements = checked(elements * dimension);
        if (elements != destination.Length)
            throw new RoastException(RoastError.Runtime, $"GenAI returned {elements} values where {destination.Length} were expected: genai_config.json's vocab_size does not fit the graph. Export the model again.");
        OgaError.ThrowIfFailed(Oga.OgaTensorGetData(this, out void* data), "reading a tensor");
        new ReadOnlySpan<float>(data, destination.Length).CopyTo(destination);
    }

    protected override void Free(nint value) => Oga.OgaDestroyTensor(value);
}
