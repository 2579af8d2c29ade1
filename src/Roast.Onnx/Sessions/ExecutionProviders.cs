using Microsoft.ML.OnnxRuntime;

namespace Roast.Onnx;

/// <summary>What the ONNX Runtime of this build can run models on.</summary>
public static class ExecutionProviders
{
    /// <summary>Names as ONNX Runtime gives them, the preferred first: <c>CPUExecutionProvider</c>. That a name is here says what was built in, not that its device is there.</summary>
    public static IReadOnlyList<string> Available => OrtEnv.Instance().GetAvailableProviders();

    /// <summary>ONNX Runtime's version: <c>1.31.1</c>.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();
}
