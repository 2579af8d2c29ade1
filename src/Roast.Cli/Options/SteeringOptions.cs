using System.CommandLine;
using Roast.Cli.Output;
using Roast.Onnx;

namespace Roast.Cli.Options;

/// <summary>A vector, how strongly, and where.</summary>
internal sealed class SteeringOptions
{
    readonly Option<string?> _vector;
    readonly Option<float?> _strength = Numbers.Float("--strength", "How strongly the vector steers; default: what the vector recommends, else 0.2.");
    readonly Option<bool> _relative = new("--relative") { Description = "Strengths are shares of the mean activation norm at each point." };
    readonly Option<Word<Scope>?> _scope = Words.Choice("--scope", "Positions that are steered, by default those that the vector recommends, else last", hasDefault: false,
        [.. Enum.GetValues<Scope>().Select(scope => new Word<Scope>(scope.Name(), scope))]);

    public SteeringOptions(Command command, bool vectorIsRequired)
    {
        _vector = Words.File("--vector", "Steering vector, or a vector of another program that 'roast convert' reads.", "-v");
        _vector.Required = vectorIsRequired;
        foreach (Option option in (Option[])[_vector, _strength, _relative, _scope]) command.Options.Add(option);
    }

    public string? VectorPath(ParseResult args) => args.GetValue(_vector);

    public bool Relative(ParseResult args) => args.GetValue(_relative);

    public Scope? Scope(ParseResult args) => args.GetValue(_scope)?.Value;

    /// <summary>The strength that was given; <c>null</c>: none was.</summary>
    public Strength? Strength(ParseResult args) => args.GetValue(_strength) is not { } s ? null : Roast.Strength.Of(s, Relative(args));

    /// <summary>Reads the vector, refuses one that does not fit, and says what is doubtful about one that does.</summary>
    public SteeringVector Load(ParseResult args, IGenerationEngine model, View view)
    {
        var (vector, _, notes) = SteeringVector.Import(VectorPath(args)!);
        foreach (string note in notes.Concat(model.Check(vector))) view.Note(note);
        bool relative = Relative(args) || (Strength(args) ?? vector.Provenance.RecommendedStrength) is { IsRelative: true };
        if (relative && vector.Points.Any(point => !vector.Provenance.MeanNorms.ContainsKey(point)))
            throw new UsageException($"{VectorPath(args)}: does not say the mean activation norm at its points, so a relative strength has no meaning for it. Use --strength without --relative.");
        return vector;
    }

    /// <summary>What steers; <c>null</c>: nothing does.</summary>
    public Steering? Read(ParseResult args, IGenerationEngine model, View view)
    {
        if (VectorPath(args) is not null)
        {
            if (Relative(args) && Strength(args) is null) throw new UsageException("--relative says how --strength is meant: give --strength as well.");
            return Load(args, model, view).Recommended(Strength(args), Scope(args));
        }
        if (Strength(args) is not null || Relative(args) || Scope(args) is not null) throw new UsageException("--strength, --relative and --scope say how a vector steers: give --vector as well.");
        return null;
    }
}
