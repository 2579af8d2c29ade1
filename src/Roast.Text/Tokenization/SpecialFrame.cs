using System.Text.Json;

namespace Roast.Text;

/// <summary>What <c>post_processor</c> puts around a text where special tokens are asked for: the begin token in front, an end token behind.</summary>
/// <param name="Before">Ids in front.</param>
/// <param name="After">Ids behind.</param>
/// <param name="Unknown">A type that is not known; asking for special tokens is then an error, and nothing else is.</param>
internal sealed record SpecialFrame(int[] Before, int[] After, string? Unknown)
{
    internal static SpecialFrame None { get; } = new([], [], null);

    /// <summary>Most ids on either side.</summary>
    const int MaxIds = 64;

    internal static SpecialFrame Read(JsonElement processor, string file, Func<string, int?> idOf)
    {
        if (processor.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return None;
        var frame = None;
        foreach (var part in Json.Type(processor) == "Sequence" ? [.. Json.Get(processor, "processors").EnumerateArray()] : new[] { processor })
        {
            var inner = Json.Type(part) switch
            {
                "ByteLevel" => None,
                "TemplateProcessing" => Template(part, file, idOf),
                "BertProcessing" or "RobertaProcessing" => new SpecialFrame([Pair(part, "cls", file)], [Pair(part, "sep", file)], null),
                var other => None with { Unknown = other },
            };
            frame = new SpecialFrame([.. inner.Before, .. frame.Before], [.. frame.After, .. inner.After], frame.Unknown ?? inner.Unknown);
        }
        return frame.Before.Length <= MaxIds && frame.After.Length <= MaxIds ? frame : throw Throw.BadFile(file, $"its post_processor adds more than {MaxIds} tokens", "fetch the file again");
    }

    static SpecialFrame Template(JsonElement part, string file, Func<string, int?> idOf)
    {
        var (before, after, seen) = (new List<int>(), new List<int>(), false);
        foreach (var piece in Json.Get(part, "single").EnumerateArray())
        {
            if (Json.Get(piece, "Sequence").ValueKind == JsonValueKind.Object) { seen = true; continue; }
            string name = Json.Text(Json.Get(piece, "SpecialToken"), "id") ?? throw Throw.BadFile(file, "a part of its post_processor is neither a text nor a special token", "fetch the file again");
            var ids = Json.Get(Json.Get(Json.Get(part, "special_tokens"), name), "ids");
            var target = seen ? after : before;
            if (ids.ValueKind == JsonValueKind.Array)
                foreach (var id in ids.EnumerateArray()) target.Add(TokenizerFile.ReadId(file, id, name));
            else target.Add(idOf(name) ?? throw Throw.BadFile(file, $"its post_processor adds '{name}', which is no token", "fetch the file again"));
        }
        return new SpecialFrame([.. before], [.. after], null);
    }

    /// <summary><c>["[CLS]", 101]</c>.</summary>
    static int Pair(JsonElement part, string name, string file) => Json.Get(part, name) is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2
        ? TokenizerFile.ReadId(file, pair[1], name)
        : throw Throw.BadFile(file, $"'{name}' of its post_processor is no pair of a token and an id", "fetch the file again");
}
