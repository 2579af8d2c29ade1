using Roast.Files;

namespace Roast.Graph.Bake;

/// <summary>A model folder that was written for an edited graph.</summary>
/// <param name="Folder">Absolute path.</param>
/// <param name="GraphFile">Name of the graph in it.</param>
/// <param name="Linked">Weights that are hard links to the model's own: no byte was copied.</param>
/// <param name="Copied">Weights that had to be copied, because no hard link could be made there.</param>
/// <param name="SideFiles">Tokenizer, configs and licence, copied.</param>
public sealed record GraphFolder(string Folder, string GraphFile, IReadOnlyList<string> Linked, IReadOnlyList<string> Copied, IReadOnlyList<string> SideFiles)
{
    /// <summary>Files that belong to a model beside graph and weights.</summary>
    static readonly string[] Known =
    [
        "config.json", "generation_config.json", "genai_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
        "vocab.json", "vocab.txt", "merges.txt", "tokenizer.model", "spiece.model", "chat_template.jinja", "chat_template.json", "model.safetensors.index.json", "roast.json",
    ];

    static readonly string[] Licences = ["LICENSE", "LICENCE", "NOTICE", "COPYING"];

    /// <summary>Refuses now what <see cref="Write"/> would refuse after the work.</summary>
    /// <param name="folder">The folder that will be written.</param>
    /// <param name="source">The model's own folder.</param>
    /// <param name="overwrite">Whether a model folder that exists will be replaced.</param>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>.</exception>
    public static void Require(string folder, string source, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        // Also where one of the two is named through a link: the folder that is replaced is deleted.
        (string there, string from) = (RealPath.Of(target), RealPath.Of(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source))));
        if (there == from || from.StartsWith(there + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw CannotWrite(target, "the model itself is there; name another folder");
        if (File.Exists(target)) throw CannotWrite(target, "it is a file; name a folder");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            if (!overwrite) throw CannotWrite(target, "it exists already; name another folder or ask for overwriting");
            if (!Directory.EnumerateFiles(target, "*.onnx").Any()) throw CannotWrite(target, "it holds other things than a model (no .onnx file), and overwriting would delete them; name another folder");
        }
        if (!Directory.Exists(Path.GetDirectoryName(target))) throw CannotWrite(target, $"the folder {Path.GetDirectoryName(target)} does not exist; create it");
    }

    /// <summary>Writes a folder with an edited graph, its weights as hard links where possible, and what else belongs to the model. Whole or not there.</summary>
    /// <param name="model">The model that the graph was made from.</param>
    /// <param name="graph">What <see cref="ModelGraph.Instrument"/> or <see cref="ModelGraph.Bake"/> returned.</param>
    /// <param name="folder">The folder to write; its parent exists.</param>
    /// <param name="overwrite">Whether a model folder that exists is replaced.</param>
    /// <exception cref="ArgumentException">A graph of a .gguf file: its weights lie in no file as the graph declares them.</exception>
    /// <exception cref="RoastException"><see cref="RoastError.CannotWrite"/>.</exception>
    public static GraphFolder Write(ModelGraph model, byte[] graph, string folder, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(graph);
        if (model.HeldWeights.Count > 0) throw new ArgumentException($"{model.HeldWeights.Count} weights of this graph are computed and lie in no file; export the model, then rewrite the export.", nameof(model));
        Require(folder, model.WeightsFolder, overwrite);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), work = $"{target}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(work);
            var (linked, copied) = Weights(model, work);
            string[] side = [.. Directory.EnumerateFiles(model.WeightsFolder).Select(path => Path.GetFileName(path)).Where(IsSideFile).Order(StringComparer.Ordinal)];
            foreach (string name in side)
            {
                File.Copy(Path.Combine(model.WeightsFolder, name), Path.Combine(work, name));
                File.SetAttributes(Path.Combine(work, name), File.GetAttributes(Path.Combine(work, name)) & ~FileAttributes.ReadOnly);
            }
            File.WriteAllBytes(Path.Combine(work, model.FileName), graph);
            Replace(work, target);
            return new GraphFolder(target, model.FileName, linked, copied, side);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(target, $"{e.Message.TrimEnd('.')}; check the folder's rights and the free space, or name another folder", e);
        }
        finally { Delete(work); }
    }

    static (List<string> Linked, List<string> Copied) Weights(ModelGraph model, string work)
    {
        var (linked, copied) = (new List<string>(), new List<string>());
        foreach (string path in model.WeightsFiles)
        {
            string name = Path.GetRelativePath(model.WeightsFolder, path), target = Path.Combine(work, name);
            if (name == model.FileName) continue;            // all weights are in the graph itself
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            (HardLink.CreateOrCopy(path, target) ? linked : copied).Add(name);
        }
        return (linked, copied);
    }

    static bool IsSideFile(string name) => Known.Contains(name) || Licences.Any(licence => name.StartsWith(licence, StringComparison.OrdinalIgnoreCase));

    // Two renames; where the second fails, the old folder comes back.
    static void Replace(string work, string target)
    {
        if (!Directory.Exists(target)) { Directory.Move(work, target); return; }
        string old = $"{work}.old";
        Directory.Move(target, old);
        try { Directory.Move(work, target); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Directory.Move(old, target);
            throw;
        }
        Delete(old);
    }

    // What brought us here is the thing to report; a folder that cannot even be deleted must not hide it.
    static void Delete(string folder)
    {
        try { if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); }
        catch (IOException) { }
        catch (UnauthorizedAccessException) { }
    }

    static RoastException CannotWrite(string path, string why, Exception? inner = null) => new(RoastError.CannotWrite, $"{path}: cannot be written: {why}.", inner);
}
