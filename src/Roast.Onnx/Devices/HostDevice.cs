using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Roast.Onnx.Sessions;

namespace Roast.Onnx.Devices;

/// <summary>The process's own processor and memory: nothing is moved.</summary>
internal sealed class HostDevice(string? note = null) : RowDevice
{
    public override string Name => "CPU";
    public override string? Note => note;
    public override void Configure(SessionOptions options) { }
    public override void Check(PlanSession session) { }
    public override TensorMemory Allocate(TensorElementType type, long length) => new HostTensor(type, length);
    public override PortMemory Ports(PlanSession session, int rows) => new HostPorts(session, rows);
    public override TapCaptures Captures(IReadOnlyList<TensorMemory> taps, IReadOnlyList<int> widths, int rows) => new HostCaptures(taps, widths, rows);
    public override RunOptions RunOptions(bool repeats) => new();
    public override bool TakesEmptyTensors => true;
    public override void Run(InferenceSession session, RunOptions options, OrtIoBinding binding) => session.RunWithBinding(options, binding);
    public override void Dispose() { }
}
