using System.CommandLine;

namespace Roast.Cli.Options;

/// <summary>Options whose value is one of a few words, or text that the library reads.</summary>
internal static class Words
{
    /// <summary>One of a few words; the first is the default, unless the option has none.</summary>
    public static Option<Word<T>?> Choice<T>(string name, string description, bool hasDefault, params Word<T>[] words)
    {
        string all = string.Join(", ", words.Select(word => word.Name));
        var option = new Option<Word<T>?>(name)
        {
            Description = $"{description}: {all}.",
            HelpName = "word",
            CustomParser = result =>
            {
                if (words.FirstOrDefault(word => word.Name == result.Tokens[0].Value) is { } found) return found;
                result.AddError($"{name}: '{result.Tokens[0].Value}' is not known; expected {all}.");
                return null;
            },
        };
        if (hasDefault) option.DefaultValueFactory = _ => words[0];
        return option;
    }

    /// <summary>Text that a function reads; what it throws as <see cref="FormatException"/> becomes the message.</summary>
    public static Option<T> Read<T>(string name, string description, string helpName, Func<string, T> read) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            try { return read(result.Tokens[0].Value); }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                result.AddError($"{name}: {e.Message}");
                return default;
            }
        },
    };

    /// <summary>A file to read.</summary>
    public static Option<string?> File(string name, string description, params string[] aliases) => new(name, aliases) { Description = description, HelpName = "file" };

    /// <summary>Token ids, separated by commas.</summary>
    public static int[] Ids(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        var ids = new int[parts.Length];
        for (int i = 0; i < ids.Length; i++)
            if (!int.TryParse(parts[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ids[i]))
                throw new FormatException($"'{parts[i]}' is not a token id; expected whole numbers separated by commas, such as 5,6,7.");
        return ids;
    }
}
