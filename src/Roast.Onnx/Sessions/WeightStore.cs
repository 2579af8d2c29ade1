using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Graph;

namespace Roast.Onnx.Sessions;

/// <summary>
/// The computed weights of one model (<see cref="ModelGraph.HeldWeights"/>, or its <see cref="ModelGraph.HeldFile"/>) in memory, once for all of its sessions: as they are, and
/// in the layout that ONNX Runtime's kernels read, which a container shares. So a further session of a 135M model costs some 10 MB.
/// </summary>
/// <remarks>
/// Not thread-safe by itself; <see cref="SessionCache"/> calls it under its lock. Outlives the sessions. Sessions of different plans are opened at
/// different times: a file that was replaced meanwhile would give them different weights, without a word.
/// </remarks>
internal sealed class WeightStore(ModelGraph graph) : IDisposable
{
    readonly List<(string Name, NativeBuffer<byte> Memory, OrtValue Value)> _weights = [];
    readonly FileStamp[] _files = [.. graph.WeightsFiles.Where(path => Path.GetFileName(path) != graph.FileName).Select(FileStamp.Of)];
    PrePackedWeightsContainer? _packed;
    NativeBuffer<byte>? _file;

    /// <summary>Opens a session that reads these weights; computes them if nobody did yet.</summary>
    /// <exception cref="RoastException">The model's file cannot be read any more, or is another one than when the model was opened.</exception>
    public InferenceSession Open(byte[] model, SessionOptions options)
    {
        // Weights that are held are read once and never again.
        if (_packed is null && _file is null) RequireUnchanged();
        if (graph.HeldFile is { } file)
        {
            InMemoryFile.Add(options, file.Name, _file ??= Convert(file));
            return new InferenceSession(model, options);
        }
        if (graph.HeldWeights.Count == 0) return new InferenceSession(model, options);
        if (_packed is null) Compute();
        foreach (var (name, _, value) in _weights) options.AddInitializer(name, value);
        return new InferenceSession(model, options, _packed!);
    }

    static NativeBuffer<byte> Convert(HeldFile file)
    {
        var memory = new NativeBuffer<byte>(file.Bytes);
        try
        {
            using var stream = memory.OpenStream();
            file.Write(stream);
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    void RequireUnchanged()
    {
        foreach (var file in _files)
            if (FileStamp.Of(file.Path) != file)
                throw new RoastException(RoastError.BadFile, $"{file.Path}: was changed, replaced or taken away since the model was opened, and what runs already has the old weights. Open the model again.");
    }

    void Compute()
    {
        try
        {
            foreach (var weight in graph.HeldWeights)
            {
                var memory = new NativeBuffer<byte>(weight.Bytes);
                _weights.Add((weight.Name, memory, null!));
                using (var stream = memory.OpenStream()) weight.Write(stream);
                _weights[^1] = (weight.Name, memory, memory.ViewAs((TensorElementType)(int)weight.Type, [.. weight.Shape]));
            }
            _packed = new PrePackedWeightsContainer();
        }
        catch
        {
            Release();
            throw;
        }
    }

    void Release()
    {
        _packed?.Dispose();
        _packed = null;
        _file?.Dispose();
        _file = null;
        foreach (var (_, memory, value) in _weights)
        {
            value?.Dispose();
            memory.Dispose();
        }
        _weights.Clear();
    }

    /// <summary>Frees the weights; the sessions must be gone.</summary>
    public void Dispose() => Release();
}
