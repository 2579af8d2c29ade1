namespace Roast;

/// <summary>
/// What kind of thing went wrong. The numbers never change: C status codes, exit codes and the <c>error.kind</c>
/// field of <c>--json</c> derive from them.
/// </summary>
public enum RoastError
{
    /// <summary>A file or folder that was named does not exist or cannot be opened.</summary>
    NotFound = 10,
    /// <summary>A file is damaged, cut short, too large, or not of the format that its use asks for.</summary>
    BadFile = 11,
    /// <summary>A model, tokenizer or chat template of a kind that this version does not know.</summary>
    Unsupported = 12,
    /// <summary>A steering vector whose points or widths the model does not have.</summary>
    VectorDoesNotFit = 13,
    /// <summary>Questions that cannot be used: none, malformed, or of another task.</summary>
    BadTask = 14,
    /// <summary>NaN or infinity where an activation, a logit or a vector was read.</summary>
    NotFinite = 15,
    /// <summary>No question gave a contrast, so there is nothing to learn from.</summary>
    NoContrast = 16,
    /// <summary>Train, dev and test share questions.</summary>
    Overlap = 17,
    /// <summary>A prompt, batch or buffer exceeds the model's context or a stated memory limit.</summary>
    TooLarge = 18,
    /// <summary>ONNX Runtime refused a graph or a run; the message carries its words.</summary>
    Runtime = 19,
    /// <summary>The output exists already and overwriting was not asked for, or it cannot be written.</summary>
    CannotWrite = 20,
    /// <summary>A CUDA driver or device that is missing, too old, or failed; the message carries the driver's name for it.</summary>
    Device = 21,
}
