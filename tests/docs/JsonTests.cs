using System.Text.Json;
using Xunit;

namespace Roast.Tests.Docs;

public class JsonTests
{
    public static TheoryData<string> Blocks => [.. CodeSample.Of("json").Select(block => block.ToString())];

    [Theory, MemberData(nameof(Blocks))]
    public void A_json_block_is_json(string place)
    {
        var block = CodeSample.Of("json").Single(block => block.ToString() == place);
        try { JsonDocument.Parse(block.Code).Dispose(); }
        catch (JsonException e) { Assert.Fail($"{place}: {e.Message}"); }
    }
}
