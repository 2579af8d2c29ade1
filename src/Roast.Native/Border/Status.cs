namespace Roast.Native;

/// <summary>What an export returns: roast_status in roast.h. The numbers never change; 10 and above are those of <see cref="RoastError"/>.</summary>
internal enum Status
{
    Ok = 0,
    /// <summary>A null pointer, a value outside its range, text that is not UTF-8, a wrong struct_size.</summary>
    Argument = 1,
    /// <summary>Null, freed, or another kind of handle.</summary>
    Handle = 2,
    /// <summary>A cancel handle was requested.</summary>
    Cancelled = 3,
    /// <summary>A callback asked to stop.</summary>
    Aborted = 4,
    /// <summary>The caller's buffer is too small; the length that is needed was written.</summary>
    Buffer = 5,
    /// <summary>Not possible now: such as a relative strength without known norms.</summary>
    State = 6,
    OutOfMemory = 7,
    /// <summary>A fault of the library.</summary>
    Internal = 8,
    /// <summary>No failure: the answer has no further piece.</summary>
    End = 9,
    NotFound = RoastError.NotFound,
    BadFile = RoastError.BadFile,
    Unsupported = RoastError.Unsupported,
    VectorDoesNotFit = RoastError.VectorDoesNotFit,
    BadTask = RoastError.BadTask,
    NotFinite = RoastError.NotFinite,
    NoContrast = RoastError.NoContrast,
    Overlap = RoastError.Overlap,
    TooLarge = RoastError.TooLarge,
    Runtime = RoastError.Runtime,
    CannotWrite = RoastError.CannotWrite,
    Device = RoastError.Device,
}
