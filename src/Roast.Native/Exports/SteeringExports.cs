using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_steering: a vector with a strength that may change while rows run under it.</summary>
internal static unsafe class SteeringExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_steering_create", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Create(nint vector, SteeringOptions* options, nint* steering)
    {
        try
        {
            Handles.Clear(steering, "steering");
            var given = Versioned.Read(options, "options");
            if (options == null) given.Recommended = 1;
            var start = given.Apply(Handles.Get<SteeringVector>(vector));
            RequireNorms(start.Vector, start.Strength);
            *steering = Handles.Add(new LiveSteering(start));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_steering_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Free(nint steering)
    {
        try
        {
            Handles.Free<LiveSteering>(steering);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_steering_set_strength", CallConvs = [typeof(CallConvCdecl)])]
    public static Status SetStrength(nint steering, float strength, int relative)
    {
        try
        {
            var live = Handles.Get<LiveSteering>(steering);
            var value = SteeringOptions.Of(strength, relative);
            RequireNorms(live.Vector, value);
            live.Strength = value;
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_steering_get", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Get(nint steering, SteeringOptions* options)
    {
        try
        {
            var now = Handles.Get<LiveSteering>(steering).Current;
            Versioned.Write(new SteeringOptions { Strength = now.Strength.Value, Relative = now.Strength.IsRelative ? 1 : 0, Scope = (int)now.Scope }, options, "options");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_steering_set_vector", CallConvs = [typeof(CallConvCdecl)])]
    public static Status SetVector(nint steering, nint vector)
    {
        try
        {
            var live = Handles.Get<LiveSteering>(steering);
            var value = Handles.Get<SteeringVector>(vector);
            RequireNorms(value, live.Strength);
            live.Vector = value;
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    // Said here, where it was asked for, and not at some token of a later answer.
    static void RequireNorms(SteeringVector vector, Strength strength)
    {
        foreach (var point in vector.Points)
            strength.Factor(vector[point].Span, vector.Provenance.MeanNorms.TryGetValue(point, out float norm) ? norm : null);
    }
}
