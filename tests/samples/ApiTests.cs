using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Samples;

/// <summary>The service, started on a port that the system picks.</summary>
public sealed partial class ApiTests : IAsyncLifetime
{
    readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    Process? _service;

    public async ValueTask InitializeAsync()
    {
        _service = Sample.Start("api", "Roast.Samples.Api", "--urls", "http://127.0.0.1:0");
        _service.ErrorDataReceived += (_, _) => { };
        _service.BeginErrorReadLine();
        while (await _service.StandardOutput.ReadLineAsync() is { } line)
            if (Address().Match(line) is { Success: true } match)
            {
                _http.BaseAddress = new Uri(match.Value);
                _ = _service.StandardOutput.ReadToEndAsync();   // a full pipe would stop the service
                return;
            }
        Assert.Fail("The service ended without naming its address.");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_service is null) return;
        if (!_service.HasExited) _service.Kill(entireProcessTree: true);
        await _service.WaitForExitAsync();
        _service.Dispose();
    }

    async Task<List<(string Type, JsonElement Data)>> Ask(object question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat") { Content = JsonContent.Create(question) };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.StatusCode == HttpStatusCode.OK, response.StatusCode == HttpStatusCode.OK ? "" : await response.Content.ReadAsStringAsync());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var events = new List<(string, JsonElement)>();
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync()) events.Add((item.EventType, JsonDocument.Parse(item.Data).RootElement));
        return events;
    }

    static string TextOf(List<(string Type, JsonElement Data)> events) => string.Concat(events.Where(one => one.Type == "piece").Select(one => one.Data.GetProperty("text").GetString()));

    [Fact]
    public async Task Each_request_streams_under_its_own_steering()
    {
        var plain = await Ask(new { message = "457+385=" });
        Assert.Equal("732", TextOf(plain));
        Assert.Equal(["piece", "piece", "piece", "end"], plain.Select(one => one.Type));
        Assert.Equal(("stop", 4), (plain[^1].Data.GetProperty("finish").GetString(), plain[^1].Data.GetProperty("outputTokens").GetInt32()));
        Assert.Equal("842", TextOf(await Ask(new { message = "457+385=", vector = "careful", strength = 0.5 })));
        Assert.Equal("""["careful"]""", await _http.GetStringAsync("/vectors"));
    }

    [Fact]
    public async Task The_answer_is_written_as_the_readme_shows_it()
    {
        using var response = await _http.PostAsJsonAsync("/chat", new { message = "457+385=", vector = "careful", strength = 0.5 });
        string shown = File.ReadAllText(Repository.Path("samples", "README.md")).ReplaceLineEndings("\n").Split("```text\n")[1].Split("```")[0];
        Assert.Equal(shown.Trim(), (await response.Content.ReadAsStringAsync()).ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_before_anything_is_streamed()
    {
        foreach (var (question, told) in ((object, string)[])[(new { message = "457+385=", vector = "/etc/passwd" }, "is not known to this client"), (new { message = "1+1=", maxTokens = 0 }, "MaxOutputTokens is 0"), (new { vector = "careful" }, "message is missing")])
        {
            using var response = await _http.PostAsJsonAsync("/chat", question);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains(told, await response.Content.ReadAsStringAsync());
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
