using Xunit;

namespace Roast.Tests.Samples;

public class ChatTests
{
    [Fact]
    public async Task A_conversation_from_standard_input_is_steered_by_its_slider()
    {
        var (code, output, error) = await Sample.Run("chat", "Roast.Samples.Chat", "457+385=\n/strength 0.5\n\n/new\n457+385=\n/strength much\n/faster\n/strength 0\n/new\n457+385=\n/quit\nnot read\n");
        Assert.True(code == 0, error);
        Assert.Equal("732\nstrength 0.5\n842\n'much' is no finite number.\n'/faster' is no command; there are /strength S, /new and /quit.\nstrength 0\n732\n", output);
    }

    [Fact]
    public async Task A_model_that_is_not_there_ends_it_with_the_librarys_message()
    {
        var (code, output, error) = await Sample.Run("chat", "Roast.Samples.Chat", "", "no-such-model");
        Assert.Equal((10, ""), (code, output));
        Assert.Contains("no-such-model", error);
    }
}
