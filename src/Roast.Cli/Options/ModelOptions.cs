using System.CommandLine;
using Roast.Cli.Output;
using Roast.Cuda;
using Roast.Graph.Export;
using Roast.Onnx;

namespace Roast.Cli.Options;

/// <summary>Which model, and how ONNX Runtime runs it.</summary>
internal sealed class ModelOptions
{
    /// <summary>The model that the program brings along.</summary>
    public const string Bundled = "two-annotators";

    readonly Option<string> _model = new("--model", "-m") { Description = $"Model folder or .gguf file; '{Bundled}' is the model that roast brings along.", HelpName = "folder", DefaultValueFactory = _ => Bundled };
    readonly Option<int?> _threads = Numbers.Int("--threads", "Threads inside one operator; default: one per core, one for a tiny model.");
    readonly Option<int?> _maxRows = Numbers.Int("--max-rows", "Most rows that decode together.", new RuntimeOptions().MaxRows);
    readonly Option<bool> _noSpin = new("--no-spin") { Description = "Idle threads sleep at once instead of spinning: slower, and leaves the cores to others." };
    readonly Option<ModelDevice?> _device = Words.Read<ModelDevice?>("--device", "Where the model runs: cpu, cuda (the first usable device) or cuda:N; 'roast devices' shows them.", "device", text => ModelDevices.Parse(text));
    readonly Option<bool> _fallBack = new("--cpu-fallback") { Description = "Where the device cannot be used, run on the CPU and say so." };
    readonly Option<Word<Precision>?> _precision = Words.Choice("--precision", "What the model computes in; default: fp16 on cuda, fp32 on the CPU. A Hugging Face folder (fp32, fp16) or .gguf file is converted in memory, an ONNX folder runs as it was exported. One of", hasDefault: false, [.. Enum.GetValues<Precision>().Select(value => new Word<Precision>(value.Name(), value))]);
    readonly bool _choosesModel;

    public ModelOptions(Command command, bool choosesModel = true)
    {
        _choosesModel = choosesModel;
        if (choosesModel) command.Options.Add(_model);
        command.Options.Add(_threads);
        command.Options.Add(_maxRows);
        command.Options.Add(_noSpin);
        _device.DefaultValueFactory = _ => ModelDevice.Cpu;
        command.Options.Add(_device);
        command.Options.Add(_fallBack);
        command.Options.Add(_precision);
    }

    /// <summary>The model's folder or file.</summary>
    public string Path(ParseResult args) => Path(_choosesModel ? args.GetRequiredValue(_model) : Bundled);

    /// <summary>The number of threads that was given; <c>null</c>: none was.</summary>
    public int? Threads(ParseResult args) => args.GetValue(_threads);

    /// <summary>Whether a device other than the CPU was asked for.</summary>
    public bool NamesDevice(ParseResult args) => args.GetRequiredValue(_device) is CudaModelDevice;

    /// <summary>Whether a precision was asked for.</summary>
    public bool NamesPrecision(ParseResult args) => args.GetValue(_precision) is not null;

    /// <summary>Opens the model; a device that was not to be had is a note.</summary>
    public SteerableModel Open(ParseResult args, View view)
    {
        var device = args.GetRequiredValue(_device)!;
        if (args.GetValue(_fallBack)) device = device is CudaModelDevice cuda ? cuda with { AllowCpuFallback = true } : throw new UsageException("--cpu-fallback goes with --device cuda: on the CPU there is nothing to fall back from.");
        var model = SteerableModel.Open(Path(args), new RuntimeOptions
        {
            Threads = args.GetValue(_threads), MaxRows = args.GetValue(_maxRows) ?? new RuntimeOptions().MaxRows, Spinning = !args.GetValue(_noSpin), Device = device, Precision = args.GetValue(_precision)?.Value,
        });
        if (model.DeviceNote is { } note) view.Note(note);
        return model;
    }

    /// <summary>The folder that an argument names.</summary>
    public static string Path(string argument) =>
        argument == Bundled && !Directory.Exists(argument) && !File.Exists(argument) ? BundledPath() : argument;

    /// <summary>A file of the bundled model, whatever lies in the current folder.</summary>
    public static string BundledPath(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "models", Bundled, .. parts]);
}
