namespace Roast.Formats;

/// <summary>The wording of refusals: what, where, expected, next.</summary>
static class BadGguf
{
    internal static RoastException File(string file, string found, string expected, Exception? inner = null) => new(RoastError.BadFile,
        $"{file}: {found}; expected {expected}. The file is damaged, cut short or not a GGUF file: fetch or write it again.", inner);

    internal static string Quote(string text) => BadSafetensors.Quote(text);
}
