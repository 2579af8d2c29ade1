using Roast.Onnx;

namespace Roast.Native;

/// <summary>roast_model: a model and whom it tells what it did.</summary>
internal sealed unsafe class NativeModel(SteerableModel model, delegate* unmanaged[Cdecl]<void*, int, byte*, void> log, void* user) : IDisposable
{
    readonly delegate* unmanaged[Cdecl]<void*, int, byte*, void> _log = log;
    readonly void* _user = user;

    public SteerableModel Model { get; } = model;

    public void Info(string message) => Write(0, message);

    public void Warn(string message) => Write(1, message);

    void Write(int level, string message)
    {
        if (_log == null) return;
        using var text = new Utf8Copy(message);
        _log(_user, level, text.Bytes);
    }

    public void Dispose() => Model.Dispose();
}
