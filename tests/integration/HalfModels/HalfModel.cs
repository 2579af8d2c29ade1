using Roast.Graph.Export;
using Roast.Onnx;
using Roast.TestSupport;

namespace Roast.Tests.Integration.HalfModels;

/// <summary>A model of the shared data, exported in float16 and opened.</summary>
public sealed class HalfModel : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("roast-half-").FullName;

    public HalfModel(string source, RuntimeOptions? options = null)
    {
        ModelExporter.Export(source, Folder, new ExportOptions { Precision = Precision.Float16 });
        Model = SteerableModel.Open(Folder, options);
    }

    /// <summary>Of a random-weight model.</summary>
    public static HalfModel Tiny(string name, RuntimeOptions? options = null) => new(SharedData.Require("models", "tiny-random", name), options);

    public string Folder => Path.Combine(_folder, "model");

    public SteerableModel Model { get; }

    public void Dispose()
    {
        Model.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
