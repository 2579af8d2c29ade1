using System.Text.Json;
using Xunit;

namespace Roast.Tests.Cli;

public class DevicesTests
{
    [Fact]
    public async Task Devices_are_shown_or_the_reason_why_there_are_none()
    {
        string text = (await Shell.Run("devices")).Done().Output;
        Assert.Contains("CPUExecutionProvider", text);
        Assert.Contains("CUDA driver", text);
    }

    [Fact]
    public async Task The_json_has_devices_or_a_reason_and_what_is_needed()
    {
        using var json = JsonDocument.Parse((await Shell.Run("devices", "--json")).Done().Output);
        var (root, cuda) = (json.RootElement, json.RootElement.GetProperty("cuda"));
        Assert.Equal(Environment.ProcessorCount, root.GetProperty("cpu").GetProperty("cores").GetInt32());
        Assert.Equal(("11.0", "7.5"), (cuda.GetProperty("needed_driver").GetString(), cuda.GetProperty("needed_compute_capability").GetString()));
        Assert.Equal(cuda.GetProperty("devices").GetArrayLength() == 0, cuda.GetProperty("why_none").ValueKind == JsonValueKind.String);
    }
}
