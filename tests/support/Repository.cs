namespace Roast.TestSupport;

/// <summary>Finds the repository and the data beside it from wherever the tests were built.</summary>
public static class Repository
{
    /// <summary>The folder that holds Roast.Onnx.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the repository.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The embedded default model.</summary>
    public static string DefaultModel => Path("models", "two-annotators");

    static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
            if (File.Exists(System.IO.Path.Combine(folder, "Roast.Onnx.sln"))) return folder;
        throw new InvalidOperationException($"No Roast.Onnx.sln above {AppContext.BaseDirectory}: run the tests inside the repository.");
    }
}
