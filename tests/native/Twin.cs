using Roast.Onnx;
using Roast.Tasks;
using Roast.TestSupport;

namespace Roast.Tests.Native;

/// <summary>The same work by the managed API.</summary>
internal static class Twin
{
    public static SteeringVector Fit(string train, int questions, RoastOptions options)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        return Roaster.FitAsync(model, RoastTask.Load("exact", train).Take(questions), options).GetAwaiter().GetResult();
    }

    public static SteeringVector FitFromRollouts(string train, string rollouts)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        return Roaster.FitFromRolloutsAsync(model, RoastTask.Load("exact", train), RolloutFile.Read(rollouts)).GetAwaiter().GetResult().Vector;
    }

    public static float[] Activations(string prompt, Point point)
    {
        using var model = SteerableModel.Open(Repository.DefaultModel);
        return model.ReadActivationsAsync(model.EncodePrompt(prompt), [point]).GetAwaiter().GetResult().Values[point];
    }
}
