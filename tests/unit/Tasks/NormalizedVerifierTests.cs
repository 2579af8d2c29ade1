using Roast.Tasks;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class NormalizedVerifierTests
{
    static bool IsCorrect(string answer, string response, bool mayContain) =>
        new NormalizedVerifier { MayContain = mayContain }.IsCorrect(new Question { Id = "q", Prompt = "p", Answer = answer }, response);

    [Theory]
    [InlineData("yes", " Yes.\n", true)]
    [InlineData("yes", "\"YES!\"", true)]
    [InlineData("New  York", "new york", true)]
    [InlineData("no", "No, it is not.", false)]
    [InlineData("yes", "", false)]
    public void Letter_case_white_space_and_marks_at_the_ends_do_not_count(string answer, string response, bool expected) => Assert.Equal(expected, IsCorrect(answer, response, mayContain: false));

    [Theory]
    [InlineData("Paris", "It is paris, of course.", true)]
    [InlineData("Paris", "The Parisians say so.", false)]
    [InlineData("5", "There are 5.", true)]                 // at most two characters: a word of its own
    [InlineData("5", "There are 15.", false)]
    [InlineData("5", "It costs 5-7 crowns.", false)]
    [InlineData("no", "Nothing", false)]
    [InlineData("no", "No, it is not.", true)]
    public void A_longer_response_may_contain_the_answer_and_a_short_answer_only_as_a_word(string answer, string response, bool expected) => Assert.Equal(expected, IsCorrect(answer, response, mayContain: true));
}
