namespace Roast.Cli.Options;

/// <summary>A value and its name on the command line; help shows the name.</summary>
internal sealed record Word<T>(string Name, T Value)
{
    public override string ToString() => Name;
}
