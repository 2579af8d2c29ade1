using Roast.Onnx;
using Roast.Tasks;
using Roast.TestSupport;
using Xunit;

[assembly: AssemblyFixture(typeof(Roast.Tests.Integration.DefaultModel.TwoAnnotators))]

namespace Roast.Tests.Integration.DefaultModel;

/// <summary>The default model, opened once for all tests, with its problems and its goldens (models/two-annotators/make_golden.py).</summary>
public sealed class TwoAnnotators : IDisposable
{
    /// <summary>Answers have at most four digits and an end token.</summary>
    public const int MaxAnswerTokens = 8;

    /// <summary>ROAST's own places on four layers, as the golden has them.</summary>
    public const string DefaultPlaces = "mlp_act.first5,attn_out.first5";

    public SteerableModel Model { get; } = SteerableModel.Open(Repository.DefaultModel);

    public Golden Golden { get; } = Golden.Open(Path.Combine(Repository.DefaultModel, "golden.safetensors"));

    public static EvaluationOptions Evaluation { get; } = new() { MaxAnswerTokens = MaxAnswerTokens };

    public static RoastTask Problems(string part) => RoastTask.Load("exact", Path.Combine(Repository.DefaultModel, "problems", part + ".jsonl"));

    /// <summary>The reference's name of a point: its <c>resid.L</c> is the output of block L.</summary>
    public static string NameOf(Point point) => point.ToString().Replace("resid_post", "resid", StringComparison.Ordinal);

    /// <summary>The reference's vector at these points.</summary>
    public SteeringVector Vector(string scaling, string points) => new(
        PointPattern.Parse(points).Resolve(Model.Shape.Layers).Select(point => KeyValuePair.Create(point, Golden[$"vector.{scaling}.{NameOf(point)}"])));

    public void Dispose() => Model.Dispose();
}
