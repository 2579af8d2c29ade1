using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Integration.Model;

public class IdentityTests
{
    [Fact]
    public void Weights_that_could_not_be_read_once_are_hashed_when_they_are_there_again()
    {
        using var copy = new LinkedModel(Repository.DefaultModel);
        using var model = SteerableModel.Open(copy.Path);
        File.Move(copy["model.safetensors"], copy["away"]);
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => model.Identity).Kind);
        File.Move(copy["away"], copy["model.safetensors"]);
        Assert.StartsWith("sha256:", model.Identity.WeightsFingerprint);
    }
}
