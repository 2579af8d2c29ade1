using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Roast.Cli.Options;

/// <summary>Options whose value is a number: read in the invariant culture, finite, inside a range that the message names.</summary>
internal static class Numbers
{
    /// <summary>A number; <c>null</c> where the option is not given and has no default.</summary>
    public static Option<float?> Float(string name, string description, float? value = null, float least = float.MinValue, float most = float.MaxValue)
    {
        var option = new Option<float?>(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => float.TryParse(Token(result), NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) && number >= least && number <= most
                ? number
                : Refuse<float?>(result, name, "a finite number" + Bounds(least > float.MinValue ? least : null, most < float.MaxValue ? most : null)),
        };
        if (value is not null) option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary>A whole number; <c>null</c> where the option is not given and has no default.</summary>
    public static Option<int?> Int(string name, string description, int? value = null, int least = 1, int most = int.MaxValue)
    {
        var option = new Option<int?>(name)
        {
            Description = description,
            HelpName = "count",
            CustomParser = result => int.TryParse(Token(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : Refuse<int?>(result, name, "a whole number" + Bounds(least, most < int.MaxValue ? most : null)),
        };
        if (value is not null) option.DefaultValueFactory = _ => value;
        return option;
    }

    /// <summary><c>--seed</c>.</summary>
    public static Option<ulong> Seed() => new("--seed")
    {
        Description = "Key of the random numbers: the same seed gives the same result.",
        HelpName = "number",
        DefaultValueFactory = _ => 42,
        CustomParser = result => ulong.TryParse(Token(result), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : Refuse<ulong>(result, "--seed", $"a whole number from 0 to {ulong.MaxValue}"),
    };

    static string Token(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    static string Bounds(float? least, float? most) => FormattableString.Invariant($"{(least is null ? "" : $", at least {least}")}{(most is null ? "" : $", at most {most}")}");

    static T? Refuse<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name}: '{Token(result)}' is not {expected}.");
        return default;
    }
}
