using Roast.Files;

namespace Roast.Graph.Export;

/// <summary>Puts a model's folder together beside its place, then moves it there: whole, or not at all.</summary>
/// <param name="model">Graph and computed weights.</param>
/// <param name="precision">For roast.json.</param>
/// <param name="tokens">For genai_config.json.</param>
/// <param name="companions">Tokenizer and configuration files: name -> who writes the content.</param>
internal sealed class ModelFolderWriter(ExportedModel model, Precision precision, SpecialTokens tokens, IReadOnlyDictionary<string, Action<Stream>> companions)
{
    public const string GraphFile = "model.onnx";

    /// <summary>Held, also against other processes, while files are moved into a folder that exists.</summary>
    internal const string LockFile = ".roast-export.lock";

    const int MaxTries = 1200;                               // a minute

    readonly List<ExportedFile> _files = [];
    readonly List<string> _notes = [];

    public ExportResult Write(string target, bool overwrite, CancellationToken cancel)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        bool inPlace = target == Path.TrimEndingDirectorySeparator(model.Graph.WeightsFolder), exists = Directory.Exists(target);
        string[] sources = [.. model.Graph.WeightsFiles.Where(path => Path.GetFileName(path) != model.Data.Name || model.Data.Length == 0)];
        CheckTarget(target, overwrite, inPlace, sources);
        string stage = exists ? Path.Combine(target, $".{Path.GetRandomFileName()}.tmp") : Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            Directory.CreateDirectory(stage);
            string fingerprint = Fill(stage, inPlace, sources, cancel);
            cancel.ThrowIfCancellationRequested();
            if (exists) MoveInto(stage, target); else Directory.Move(stage, target);
            if (!GenAIConfig.Knows(model.Graph.Shape.Family))
                _notes.Add($"GenAI does not know the family {model.Graph.Shape.Family} by name; genai_config.json calls it '{GenAIConfig.GenericType}'.");
            return new ExportResult(target, model.Graph.Shape, precision, [.. _files.OrderBy(file => file.Name, StringComparer.Ordinal)], fingerprint, _notes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RoastException(RoastError.CannotWrite, $"{target}: cannot be written: {e.Message.TrimEnd('.')}; check the folder's rights and the free space, or name another folder.", e);
        }
        finally
        {
            if (Directory.Exists(stage)) Directory.Delete(stage, recursive: true);
        }
    }

    void CheckTarget(string target, bool overwrite, bool inPlace, string[] sources)
    {
        if (File.Exists(target)) throw new RoastException(RoastError.CannotWrite, $"{target}: cannot be written: it is a file; name a folder.");
        string? parent = Path.GetDirectoryName(target);
        if (!Directory.Exists(target) && !Directory.Exists(parent))
            throw new RoastException(RoastError.CannotWrite, $"{target}: cannot be written: the folder {parent} does not exist; create it.");
        string[] names = [GraphFile, model.Data.Name, GenAIConfig.FileName, RoastJson.FileName, .. inPlace ? [] : companions.Keys.Concat(sources.Select(path => Path.GetFileName(path)))];
        if (!overwrite && names.FirstOrDefault(name => File.Exists(Path.Combine(target, name))) is { } found)
            throw new RoastException(RoastError.CannotWrite, $"{target}: cannot be written: it has a {found} already; name another folder or ask for overwriting.");
    }

    string Fill(string stage, bool inPlace, string[] sources, CancellationToken cancel)
    {
        model.Data.Write(stage, overwrite: false, cancel);
        if (model.Data.Length > 0) _files.Add(new ExportedFile(model.Data.Name, model.Data.Length, FileOrigin.Written));
        foreach (string source in sources)
        {
            cancel.ThrowIfCancellationRequested();
            _files.Add(new ExportedFile(Path.GetFileName(source), new FileInfo(source).Length, inPlace ? FileOrigin.InPlace : Bring(source, stage)));
        }
        var hashes = new Dictionary<string, string> { [GraphFile] = WriteFile(stage, GraphFile, model.Graph.WriteTo) };
        foreach (var (name, write) in companions)
        {
            if (!inPlace) hashes[name] = WriteFile(stage, name, write);
            else
            {
                string path = Path.Combine(model.Graph.WeightsFolder, name);
                _files.Add(new ExportedFile(name, new FileInfo(path).Length, FileOrigin.InPlace));
                hashes[name] = Fingerprint.Sha256(path);
            }
        }
        hashes[GenAIConfig.FileName] = WriteFile(stage, GenAIConfig.FileName, stream => GenAIConfig.Write(stream, model.Graph.Shape, tokens));
        string[] weights = [.. sources, .. model.Data.Length > 0 ? [Path.Combine(stage, model.Data.Name)] : Array.Empty<string>()];
        string fingerprint = Fingerprint.Weights(weights);
        WriteFile(stage, RoastJson.FileName, stream => RoastJson.Write(stream, model.Graph, precision, fingerprint, hashes));
        return fingerprint;
    }

    // The source's weights under their own name: the graph refers to them by it.
    FileOrigin Bring(string source, string stage)
    {
        string name = Path.GetFileName(source), target = Path.Combine(stage, name);
        if (HardLink.TryCreate(source, target)) return FileOrigin.Linked;
        File.Copy(source, target);
        _notes.Add($"{name} was copied: its folder and the target's cannot share a file. To save the space, export into the folder of the weights.");
        return FileOrigin.Copied;
    }

    string WriteFile(string stage, string name, Action<Stream> write)
    {
        string path = Path.Combine(stage, name);
        AtomicFile.Write(path, overwrite: false, write);
        _files.Add(new ExportedFile(name, new FileInfo(path).Length, FileOrigin.Written));
        return Fingerprint.Sha256(path);
    }

    // The graph goes first and comes last: an interruption leaves a folder that nobody takes for a model, never a graph with other weights.
    static void MoveInto(string stage, string target)
    {
        using var alone = Alone(target);
        File.Delete(Path.Combine(target, GraphFile));
        foreach (string file in Directory.GetFiles(stage).OrderBy(path => Path.GetFileName(path) == GraphFile))
            File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
    }

    // Of two exports into one folder the later one wins whole: graph and weights of both must not mix. Moving takes moments.
    static FileStream Alone(string target)
    {
        for (int tries = 0; ; tries++)
            try { return new FileStream(Path.Combine(target, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose); }
            catch (IOException) when (tries < MaxTries) { Thread.Sleep(50); }
    }
}
