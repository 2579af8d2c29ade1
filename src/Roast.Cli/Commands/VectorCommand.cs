using System.CommandLine;
using Roast.Cli.Options;
using Roast.Cli.Output;
using Roast.Cli.Results;

namespace Roast.Cli.Commands;

/// <summary><c>roast vector</c>.</summary>
internal static class VectorCommand
{
    static readonly string[] Operations = ["add", "subtract", "scale", "average", "orthogonalize", "project-out", "cosine"];

    public static Command Create(View view)
    {
        var operation = new Argument<string>("operation") { Description = $"{string.Join(", ", Operations)}. The last three take the first vector against the others; cosine compares all and writes nothing." };
        var inputs = new Argument<string[]>("vectors") { Description = "Steering vectors, or vectors of other programs.", Arity = ArgumentArity.OneOrMore };
        var by = Numbers.Float("--by", "Factor of scale.");
        var rule = Words.Choice("--rule", "Points of the result, where vectors have other points", hasDefault: true, [.. Enum.GetValues<PointRule>().Select(value => new Word<PointRule>(value.Name(), value))]);
        var command = new Command("vector", "Adds, subtracts, scales, averages, orthogonalizes and compares steering vectors.") { operation, inputs, by, rule };
        var output = new OutputOptions(command, "Vector to write.", "combined.safetensors");
        command.SetAction(args =>
        {
            string name = args.GetRequiredValue(operation);
            if (!Operations.Contains(name)) throw new UsageException($"'{name}' is no operation on vectors; there are {string.Join(", ", Operations)}.");
            if ((name == "scale") != (args.GetValue(by) is not null)) throw new UsageException("--by is the factor of scale: 'roast vector scale a.safetensors --by 0.5'.");
            string[] paths = args.GetRequiredValue(inputs);
            Require(name, paths.Length);
            string? target = name == "cosine" ? null : output.Require(args);
            var vectors = paths.Select(path => Load(path, view)).ToArray();
            var points = args.GetRequiredValue(rule)!.Value;
            if (target is null)
            {
                view.Show(CosineResult.Of(new CosineTable(vectors, points), paths), JsonFace.Readable.CosineResult, VectorTables.Cosines);
                return ExitCode.Done;
            }
            var result = Combine(name, vectors, points, args.GetValue(by));
            result.Save(target, output.Force(args));
            view.Show(new CombineResult(name, paths, target, [.. result.Points.Select(point => new PointResult(point.ToString(), result[point].Length, result.Norm(point), null))], result.Provenance.Extra["combined"]),
                JsonFace.Readable.CombineResult, VectorTables.Combined);
            return ExitCode.Done;
        });
        return command;
    }

    static void Require(string operation, int count)
    {
        bool one = operation == "scale";
        if (one ? count != 1 : count < 2) throw new UsageException($"{operation} takes {(one ? "one vector" : "two vectors or more")}; {count} {(count == 1 ? "was" : "were")} named.");
    }

    static SteeringVector Combine(string operation, SteeringVector[] vectors, PointRule rule, float? factor) => operation switch
    {
        "add" => VectorAlgebra.Add(vectors, rule),
        "subtract" => VectorAlgebra.Subtract(vectors[0], vectors[1..], rule),
        "scale" => VectorAlgebra.Scale(vectors[0], factor!.Value),
        "average" => VectorAlgebra.Average(vectors, rule),
        "orthogonalize" => VectorAlgebra.Orthogonalize(vectors[0], vectors[1..], rule),
        _ => VectorAlgebra.ProjectOut(vectors[0], vectors[1..], rule),
    };

    static SteeringVector Load(string path, View view)
    {
        var read = SteeringVector.Import(path);
        foreach (string note in read.Notes) view.Note($"{path}: {note}");
        return read.Vector;
    }
}
