using Roast.GenAI.Native;

namespace Roast.GenAI;

/// <summary>GenAI's models of one folder: one for each set of ports that was asked for, made on first use. Thread-safe.</summary>
internal sealed class ModelPool(GenAIFolder folder, GenAIOptions options) : IDisposable
{
    readonly Dictionary<string, OgaModel> _models = [];
    bool _disposed;

    /// <summary>The model with these ports; it stays the pool's.</summary>
    /// <param name="inputs">Points whose ports are set as inputs.</param>
    /// <param name="overridable">Points whose ports adapters may override.</param>
    public OgaModel For(IReadOnlyList<Point> inputs, IReadOnlyList<Point> overridable)
    {
        string key = $"{string.Join(',', inputs.Order())}|{string.Join(',', overridable.Order())}";
        lock (_models)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(GenAIEngine));
            if (!_models.TryGetValue(key, out var model)) _models.Add(key, model = Make(inputs, overridable));
            return model;
        }
    }

    OgaModel Make(IReadOnlyList<Point> inputs, IReadOnlyList<Point> overridable)
    {
        byte[]? graph = folder.Graph.With(inputs, overridable);
        using var config = new OgaConfig(folder.Path);
        if (options.Threads is { } threads) config.Overlay(Session("intra_op_num_threads", threads.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        // As our own sessions: else ONNX Runtime warns of every port that it may be overridden.
        config.Overlay(Session("log_severity_level", "3"));
        return config.CreateModel(folder.GraphFile, graph);
    }

    static string Session(string option, string value) => "{\"model\":{\"decoder\":{\"session_options\":{\"" + option + "\":" + value + "}}}}";

    public void Dispose()
    {
        lock (_models)
        {
            _disposed = true;
            foreach (var model in _models.Values) model.Dispose();
            _models.Clear();
        }
    }
}
