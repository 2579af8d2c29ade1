using System.Text.Json;
using Roast.Tasks;
using Xunit;

namespace Roast.Tests.Unit.Tasks;

public class IfEvalInstructionTests
{
    /// <summary>Instruction, arguments, a response that follows it, one that does not.</summary>
    public static TheoryData<string, string, string, string> Cases => new()
    {
        { "keywords:existence", """{"keywords": ["moon", "tide"]}""", "The Moon makes tides.", "The moon shines." },
        { "keywords:frequency", """{"keyword": "sea", "relation": "at least", "frequency": 2}""", "Sea after sea.", "One sea." },
        { "keywords:frequency", """{"keyword": "sea", "relation": "less than", "frequency": 2}""", "One sea.", "Sea after sea." },
        { "keywords:forbidden_words", """{"forbidden_words": ["rock"]}""", "A rocket starts.", "A Rock, no less." },
        { "keywords:letter_frequency", """{"letter": "z", "let_relation": "at least", "let_frequency": 3}""", "Zig zag zoo", "zig zag" },
        { "language:response_language", """{"language": "de"}""", "Das Haus ist groß und der Garten ist schön.", "The house is large and the garden is lovely." },
        { "length_constraints:number_sentences", """{"relation": "at least", "num_sentences": 2}""", "Dr. Low came at 9 a.m. today. He left!", "Dr. Low left." },
        { "length_constraints:number_paragraphs", """{"num_paragraphs": 2}""", "One.\n***\nTwo.", "One.\n\nTwo." },
        { "length_constraints:number_words", """{"relation": "less than", "num_words": 4}""", "three short words", "that is one too many" },
        { "length_constraints:nth_paragraph_first_word", """{"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "tea"}""", "One.\n\n\"Tea,\" she said.", "Tea.\n\nOne." },
        { "detectable_content:number_placeholders", """{"num_placeholders": 2}""", "Dear [name], at [place]", "Dear [name" },
        { "detectable_content:postscript", """{"postscript_marker": "P.P.S"}""", "Bye.\np.p. s one more thing", "Bye.\nP.S. nothing" },
        { "detectable_format:number_bullet_lists", """{"num_bullets": 2}""", "* one\n - two\n**bold**", "* one\n* two\n* three" },
        { "detectable_format:constrained_response", "{}", "Well. My answer is maybe.", "Maybe." },
        { "detectable_format:number_highlighted_sections", """{"num_highlights": 2}""", "*one* and **two**", "*one* and ** **" },
        { "detectable_format:multiple_sections", """{"section_spliter": "SECTION", "num_sections": 2}""", "SECTION 1\na\nSECTION 2\nb", "SECTION one, SECTION 2" },
        { "detectable_format:json_format", "{}", "```json\n{\"a\": [1]}\n```", "Here it is: {\"a\": 1}" },
        { "detectable_format:title", "{}", "<<The sea>>\nIt is wide.", "<< >> The sea" },
        { "combination:two_responses", "{}", "One.\n******\nTwo.", "One.\n******\nOne." },
        { "combination:repeat_prompt", """{"prompt_to_repeat": "Name a sea."}""", "name a sea. The Baltic.", "The Baltic. Name a sea." },
        { "startend:end_checker", """{"end_phrase": "That is all."}""", "Hello. THAT IS ALL.\"", "That is all. Bye." },
        { "startend:quotation", "{}", " \"Hello.\" ", "\"Hello." },
        { "change_case:capital_word_frequency", """{"capital_relation": "at least", "capital_frequency": 2}""", "NASA and ESA, together", "Nasa and ESA" },
        { "change_case:english_capital", "{}", "THE SEA IS WIDE AND THE SKY IS CLEAR.", "THE SEA IS wide." },
        { "change_case:english_lowercase", "{}", "the sea is wide and the sky is clear.", "The sea is wide." },
        { "punctuation:no_comma", "{}", "One and two.", "One, two." },
    };

    static (Question Question, bool Strict, bool Loose) Judge(string id, string arguments, string response)
    {
        var question = new Question { Id = "q", Prompt = "p", Answer = id, Fields = new Dictionary<string, string> { ["kwargs"] = $"[{arguments}]" } };
        return (question, new IfEvalVerifier().IsCorrect(question, response), new IfEvalVerifier(strict: false).IsCorrect(question, response));
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_instruction_tells_who_follows_it_from_who_does_not(string id, string arguments, string follows, string breaks)
    {
        Assert.True(Judge(id, arguments, follows).Strict, follows);
        var (question, strict, _) = Judge(id, arguments, breaks);
        Assert.False(strict, breaks);
        Assert.StartsWith("1 of 1 instructions are not followed: " + id, new IfEvalVerifier().Check(question, breaks).Reason);
        Assert.False(Judge(id, arguments, " ").Loose);      // an empty response follows nothing
    }

    [Fact]
    public void All_25_published_instructions_have_a_case() =>
        Assert.Equal(Instruction.Ids.Order(), Cases.Select(row => row.Data.Item1).Distinct().Order());

    [Theory]
    [InlineData("startend:quotation", "{}", "Sure, here it is:\n\"Hello.\"")]
    [InlineData("startend:quotation", "{}", "\"Hello.\"\nI hope this helps.")]
    [InlineData("startend:end_checker", """{"end_phrase": "all."}""", "That is *all.*")]
    public void Loose_allows_for_a_first_line_a_last_line_and_asterisks(string id, string arguments, string response)
    {
        var (_, strict, loose) = Judge(id, arguments, response);
        Assert.Equal((false, true), (strict, loose));
    }

    /// <summary>What Punkt's rules give; the first four are the published evaluator's own cases (instructions_util_test.py).</summary>
    [Theory]
    [InlineData("xx,x. xx,x! xx/x. x{x}x? x.", 5)]
    [InlineData("xx,x! xxxx. x(x)x?", 3)]
    [InlineData("xxxx. xx,x! xx|x. x&x x?", 4)]
    [InlineData("xx-x]xx,x! x{x}xx,x.", 2)]
    [InlineData("", 0)]
    [InlineData(" \n", 0)]
    [InlineData("no mark", 1)]
    [InlineData("One. two", 2)]                             // a small letter does not keep a full stop from ending a sentence
    [InlineData("Wow!!! Really?! Yes.", 3)]                 // one border in a run of marks
    [InlineData("A heading\n\nA line of text.", 1)]         // line ends are no borders
    [InlineData("\"Stop!\" he said. \"Why?\"", 3)]          // after a question mark or exclamation mark always
    [InlineData("He left (at 9 a.m.). She stayed.", 2)]
    [InlineData("Fruit, e.g. apples, etc. is sold by Dr. Low and J. B. Smith of U.S. Foods Inc. in May.", 1)]
    [InlineData("She lives in the U.S. The house is old.", 2)]
    [InlineData("Wait... what? No... The end.", 3)]
    [InlineData("1. First\n2. Second", 3)]                   // the number of a list ends a sentence, for Punkt
    [InlineData("See p. 3. then stop.", 1)]                // the initial p is an abbreviation too
    [InlineData("Great.**", 2)]                             // asterisks at the end are no closing mark, for Punkt
    [InlineData("Great.\"\n", 1)]
    [InlineData("これは本です。良い。", 1)]                   // marks of other scripts are none
    [InlineData("It is a mammal's. Honey is sweet.", 2)]    // 's is a word, and no initial
    [InlineData("It rains. P.S. It's late.", 3)]            // It and 's are two words, and It begins a sentence
    [InlineData("See the list, e.g. A\u2665 or B.", 1)]     // A\u2665 is one word, and not the word A
    [InlineData("V. The end", 1)]                           // an initial that is an abbreviation too ends nothing
    [InlineData("Read items 3.: first", 1)]                 // nor does a number in front of a mark
    [InlineData("He came late, etc. \"Yes.\" was said.", 3)] // an abbreviation in front of a sentence in quotes, as Punkt has it
    [InlineData("1. One\n2. ...", 3)]
    public void Sentences_are_counted_by_punkts_rules(string text, int expected) => Assert.Equal(expected, SentenceSplitter.Count(text));

    [Theory]
    [InlineData("NASA and ESA, together", 2)]
    [InlineData("**WOW** THE-END/NOW", 2)]                  // hyphens and slashes join
    [InlineData("IT'S I'LL DON'T WE'VE", 8)]
    [InlineData("IT\u2019S", 2)]
    [InlineData("CANNOT GONNA WANNA", 6)]
    [InlineData("WANNABE 'TWAS U.S.A. A.M.", 5)]
    [InlineData("YES--NO...SO: \"A\", 10:30PM 3D", 6)]
    [InlineData("iPhone Word lower 123 ... \u01C5", 0)]
    [InlineData("O'B O'NEIL DOGS'", 4)]
    [InlineData("I'm sure I've said he'd say I'LL go, I Don't", 5)]     // endings are taken off in small letters too: I stays
    [InlineData("Mind your P's and Q's.\nI'm\n", 3)]
    [InlineData("M&M's\nM&M's 5", 3)]                       // before a line break an ending stays
    public void Words_in_capitals_are_counted_as_treebank_words(string text, int expected) => Assert.Equal(expected, CapitalWords.Count(text));

    [Fact]
    public void Long_runs_of_what_parts_words_take_no_stack_and_little_time()
    {
        foreach (string piece in (string[])["'S", "CANNOT-", "N'T", ".", "!", "a.", "'", "(", "\"'"])
        {
            string text = string.Concat(Enumerable.Repeat(piece, 200_000));
            Assert.True(CapitalWords.Count(text) >= 0 && SentenceSplitter.Count(text) >= 0);
        }
    }

    [Theory]
    [InlineData("the quick fox is in the house and it has a tail", "en")]
    [InlineData("Il gatto è sul tavolo e non vuole scendere", "it")]
    [InlineData("O gato não está na casa e você também não", "pt")]
    [InlineData("Kissa on pöydällä eikä se ole tyytyväinen, mutta hän on", "fi")]
    [InlineData("Tôi không biết điều này là gì", "vi")]
    [InlineData("Habari ya asubuhi, watu wa nchi hii ni wazuri sana", "sw")]
    [InlineData("Это был очень хороший день, и мы были рады", "ru")]
    [InlineData("Това е много добър ден и ние сме щастливи, че сме тук", "bg")]
    [InlineData("این یک کتاب خوب است که می خوانم", "fa")]
    [InlineData("یہ ایک اچھی کتاب ہے اور میں اسے پڑھتا ہوں", "ur")]
    [InlineData("هذا كتاب جيد عن تاريخ العلم في أوروبا", "ar")]
    [InlineData("यह एक अच्छी किताब है और मैं इसे पढ़ता हूँ", "hi")]
    [InlineData("हे एक चांगले पुस्तक आहे आणि मी ते वाचतो", "mr")]
    [InlineData("यो एक राम्रो किताब हो र म यो पढ्छु", "ne")]
    [InlineData("이것은 좋은 책입니다", "ko")]
    [InlineData("これは良い本です", "ja")]
    [InlineData("ಇದು ಒಳ್ಳೆಯ ಪುಸ್ತಕ", "kn")]
    [InlineData("1234", null)]
    public void Languages_are_told_apart(string text, string? expected) => Assert.Equal(expected, LanguageDetector.Detect(text));

    [Theory]
    [InlineData("""["nouns:none"]""", "[{}]", "'nouns:none'; one of IFEval's 25 instructions was expected")]
    [InlineData("""["startend:end_checker"]""", "[{}]", "no 'end_phrase' for startend:end_checker; text was expected")]
    [InlineData("""["length_constraints:number_words"]""", """[{"relation": "about", "num_words": 3}]""", "'at least' or 'less than' was expected")]
    [InlineData("""["length_constraints:number_words"]""", """[{"relation": "at least", "num_words": -3}]""", "a whole number from 0")]
    [InlineData("""["punctuation:no_comma"]""", "[]", "field 'kwargs' has 0 items; 1 were expected")]
    [InlineData("""["language:response_language"]""", """[{"language": "xx"}]""", "one that is told apart here was expected")]
    [InlineData("""[]""", "[]", "a list of texts was expected")]
    public void Unknown_instructions_and_arguments_are_refused_with_their_line(string ids, string arguments, string expected)
    {
        using var file = new TemporaryFile($$"""{"key": 1, "prompt": "p", "instruction_id_list": {{ids}}, "kwargs": {{arguments}}}""");
        var e = Assert.Throws<RoastException>(() => RoastTask.Load("ifeval", file.Path));
        Assert.Equal(RoastError.BadTask, e.Kind);
        Assert.Contains("line 1: ", e.Message);
        Assert.Contains(expected, e.Message);
    }
}
