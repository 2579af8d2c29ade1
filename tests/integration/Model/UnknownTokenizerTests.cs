using System.Text.Json.Nodes;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Model;

/// <summary>A model whose text Roast cannot handle is still a model.</summary>
public class UnknownTokenizerTests
{
    static readonly int[] Ids = [273, 258, 198];

    [Fact]
    public async Task A_model_with_an_unknown_tokenizer_takes_ids_and_says_why_where_text_is_asked_for()
    {
        await WithModel("tokenizer.json", tokenizer => tokenizer["model"]!["type"] = "Unigram", async model =>
        {
            Assert.Null(model.Tokenizer);
            Assert.Equal(3, (await model.CompleteAsync(Ids, new() { MaxTokens = 3, IgnoreEnd = true }, TestContext.Current.CancellationToken)).Ids.Count);
            foreach (var text in new Action[] { () => model.EncodeText("1+1="), () => model.EncodePrompt("1+1="), () => model.EncodeChat([]), () => model.GenerateAsync("1+1=") })
            {
                var error = Assert.Throws<RoastException>(text);
                Assert.Equal(RoastError.Unsupported, error.Kind);
                Assert.Contains("Unigram", error.Message);
            }
        });
    }

    [Fact]
    public async Task A_model_with_an_unknown_template_takes_plain_text_only_where_plain_text_was_asked_for()
    {
        await WithModel("tokenizer_config.json", config => config["chat_template"] = "{% include 'turns' %}", model =>
        {
            Assert.NotEmpty(model.EncodeText("1+1="));
            // A prompt means a turn of the conversation: without the template it would be another prompt.
            Assert.Equal(RoastError.Unsupported, Assert.Throws<RoastException>(() => model.EncodePrompt("1+1=")).Kind);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_damaged_tokenizer_is_refused_at_once()
    {
        using var folder = DamagedModel.WithNaNIn("model.norm.weight");
        File.WriteAllText(Path.Combine(folder.Folder, "tokenizer.json"), "{");
        Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => SteerableModel.Open(folder.Folder)).Kind);
    }

    static async Task WithModel(string file, Action<JsonNode> change, Func<SteerableModel, Task> use)
    {
        string folder = Directory.CreateTempSubdirectory("roast-").FullName;
        try
        {
            foreach (string path in Directory.EnumerateFiles(Repository.DefaultModel)) File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
            foreach (string template in Directory.EnumerateFiles(folder, "*.jinja")) File.Delete(template);
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, file)))!;
            change(json);
            File.WriteAllText(Path.Combine(folder, file), json.ToJsonString());
            using var model = SteerableModel.Open(folder);
            await use(model);
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
