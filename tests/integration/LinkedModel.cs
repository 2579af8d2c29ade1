using Google.Protobuf;
using Roast.Graph.Protobuf;

namespace Roast.Tests.Integration;

/// <summary>A copy of a model folder whose graph a test may change. Deleted with the test.</summary>
sealed class LinkedModel : IDisposable
{
    public LinkedModel(string source)
    {
        foreach (string file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, this[System.IO.Path.GetFileName(file)]);
            File.SetAttributes(this[System.IO.Path.GetFileName(file)], FileAttributes.Normal);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("roast-model-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Graph => this["model.onnx"];

    public void Change(Action<ModelProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Graph));
        change(model);
        File.WriteAllBytes(Graph, model.ToByteArray());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
