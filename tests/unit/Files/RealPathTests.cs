using Roast.Files;
using Xunit;

namespace Roast.Tests.Unit.Files;

public sealed class RealPathTests : IDisposable
{
    readonly string _root = RealPath.Of(Directory.CreateTempSubdirectory("roast-paths-").FullName);

    public RealPathTests()
    {
        Directory.CreateDirectory(In("model"));
        Directory.CreateDirectory(In("elsewhere"));
        File.WriteAllText(In("elsewhere", "secret"), "x");
        File.WriteAllText(In("model", "weights"), "x");
    }

    string In(params string[] parts) => Path.Combine([_root, .. parts]);

    // Windows lets only some users make links.
    void Link(string name, string target)
    {
        try { File.CreateSymbolicLink(name, target); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { Assert.Skip($"This system makes no symbolic links: {e.Message}"); }
    }

    void Refused(string name) => Assert.Equal(RoastError.BadFile, Assert.Throws<RoastException>(() => RealPath.RequireInside(In("model"), name, "model.onnx")).Kind);

    [Fact]
    public void Files_of_the_folder_and_below_are_inside()
    {
        foreach (string name in (string[])["weights", "not-there-yet", "sub/weights"]) RealPath.RequireInside(In("model"), name, "model.onnx");
    }

    [Theory, InlineData(""), InlineData(".."), InlineData("../elsewhere/secret"), InlineData("sub/../../elsewhere"), InlineData("/etc/passwd"), InlineData("./weights"), InlineData("a//b"), InlineData("C:x"), InlineData("a\0b"), InlineData("..\\elsewhere")]
    public void Names_that_lead_out_or_are_unclear_are_refused(string name) => Refused(name);

    [Fact]
    public void A_link_out_of_the_folder_is_refused_and_one_inside_is_not()
    {
        Link(In("model", "inside"), "weights");
        RealPath.RequireInside(In("model"), "inside", "model.onnx");
        Link(In("model", "out"), In("elsewhere", "secret"));
        Refused("out");
        Link(In("model", "relative"), Path.Combine("..", "elsewhere", "secret"));
        Refused("relative");
        Link(In("model", "chain"), "relative");
        Refused("chain");
    }

    [Fact]
    public void A_folder_that_is_a_link_is_followed_too()
    {
        Link(In("model", "sub"), In("elsewhere"));
        Refused("sub/secret");
        Link(In("door"), In("model"));
        RealPath.RequireInside(In("door"), "weights", "model.onnx");          // the model's own folder may be reached through a link
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        Link(In("model", "a"), "b");
        Link(In("model", "b"), "a");
        Refused("a");
    }

    [Fact]
    public void A_file_whose_name_begins_like_the_folder_is_not_inside()
    {
        Directory.CreateDirectory(In("model-2"));
        File.WriteAllText(In("model-2", "w"), "x");
        Link(In("model", "w"), In("model-2", "w"));
        Refused("w");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
