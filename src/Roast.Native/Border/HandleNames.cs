using Roast.Onnx;

namespace Roast.Native;

/// <summary>The C names of what handles stand for.</summary>
internal static class HandleNames
{
    public static string Of(Type type) => type switch
    {
        _ when type == typeof(NativeModel) => "roast_model",
        _ when type == typeof(SteeringVector) => "roast_vector",
        _ when type == typeof(LiveSteering) => "roast_steering",
        _ when type == typeof(CancelHandle) => "roast_cancel",
        _ when type == typeof(PulledAnswer) => "roast_generation",
        _ when type == typeof(BatchResult) => "roast_batch",
        _ when type == typeof(ActivationsResult) => "roast_activations",
        _ => type.Name,
    };
}
