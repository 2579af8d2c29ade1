namespace Roast.Native;

/// <summary>What zero stands for where the managed default is not zero and cannot be left out.</summary>
internal static class Defaults
{
    public const ulong Seed = 42;
}
