using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_model: opened, described, freed.</summary>
internal static unsafe class ModelExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_model_open", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Open(byte* path, OpenOptions* options, nint* model)
    {
        try
        {
            Handles.Clear(model, "model");
            var given = Versioned.Read(options, "options");
            var opened = new NativeModel(SteerableModel.Open(Text8.Read(path, "path"), given.ToManaged()), given.Log, given.LogUser);
            opened.Info($"open: {opened.Model.FullPath}, {opened.Model.Shape.Family}, {opened.Model.Shape.Layers} layers, {opened.Model.Runtime.Threads} threads");
            if (opened.Model.DeviceNote is { } note) opened.Warn($"open: {note}");
            *model = Handles.Add(opened);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_model_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Free(nint model)
    {
        try
        {
            Handles.Free<NativeModel>(model);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_model_get_info", CallConvs = [typeof(CallConvCdecl)])]
    public static Status GetInfo(nint model, ModelInfo* info)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            var opened = lease.Value.Model;
            var shape = opened.Shape;
            var result = new ModelInfo
            {
                Layers = shape.Layers, HiddenSize = shape.HiddenSize, IntermediateSize = shape.IntermediateSize,
                Heads = shape.Heads, KeyValueHeads = shape.KeyValueHeads, HeadSize = shape.HeadSize,
                VocabularySize = shape.VocabularySize, MaxPositions = shape.MaxPositions, Threads = opened.Runtime.Threads ?? 0,
                HasTokenizer = opened.Tokenizer is null ? 0 : 1, HasChatTemplate = opened.Template is null ? 0 : 1,
            };
            FixedText.Write(shape.Family, new Span<byte>(result.Family, 32));
            Versioned.Write(result, info, "info");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_model_end_tokens", CallConvs = [typeof(CallConvCdecl)])]
    public static Status EndTokens(nint model, int* ids, nuint capacity, nuint* count)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            Arrays.Write<int>([.. lease.Value.Model.EndTokens], ids, capacity, count);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_model_check_vector", CallConvs = [typeof(CallConvCdecl)])]
    public static Status CheckVector(nint model, nint vector, byte* warnings, nuint capacity, nuint* length)
    {
        try
        {
            using var lease = Handles.Lease<NativeModel>(model);
            Text8.Write(string.Join('\n', lease.Value.Model.Check(Handles.Get<SteeringVector>(vector))), warnings, capacity, length);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
