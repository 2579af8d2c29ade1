using System.CommandLine;
using Roast.Cli.Output;
using Roast.GenAI;
using Roast.Onnx;

namespace Roast.Cli.Options;

/// <summary>Which loop generates.</summary>
internal sealed class EngineOptions
{
    const string Own = "ort", GenAI = "genai";

    readonly ModelOptions _models;
    readonly Option<Word<string>?> _engine = Words.Choice("--engine", "What generates: Roast's own loop on ONNX Runtime, or ONNX Runtime GenAI on an exported folder", hasDefault: true, new Word<string>(Own, Own), new Word<string>(GenAI, GenAI));
    readonly Option<string?> _library = Words.File("--genai-library", "GenAI's native library, or its folder; default: what ROAST_GENAI_LIBRARY names, else where the system looks.");

    public EngineOptions(Command command, ModelOptions models)
    {
        _models = models;
        command.Options.Add(_engine);
        command.Options.Add(_library);
    }

    /// <summary>Opens the model in the engine.</summary>
    public IGenerationEngine Open(ParseResult args, View view)
    {
        if (args.GetRequiredValue(_engine)!.Value == GenAI)
        {
            if (_models.NamesPrecision(args)) throw new UsageException("--precision is for Roast's own loop: GenAI runs a folder as it was exported. Leave it out, or take --engine ort.");
            if (_models.NamesDevice(args)) throw new UsageException("--device is for Roast's own loop: GenAI runs where the folder's genai_config.json says. Leave it out, or take --engine ort.");
            return GenAIEngine.Open(_models.Path(args), new GenAIOptions { LibraryPath = args.GetValue(_library), Threads = _models.Threads(args) });
        }
        if (args.GetValue(_library) is not null) throw new UsageException("--genai-library says where GenAI is: give --engine genai as well.");
        return _models.Open(args, view);
    }
}
