using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roast.Extensions.AI;
using Roast.Onnx;
using Roast.TestSupport;
using Xunit;

namespace Roast.Tests.Extensions;

/// <summary>Dependency injection: from settings to a client.</summary>
public class RegistrationTests
{
    static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value))).Build();

    [Fact]
    public async Task A_section_of_the_configuration_makes_a_client_with_names_and_defaults()
    {
        var section = Configuration(("Roast:ModelPath", Repository.DefaultModel), ("Roast:ModelId", "sums"), ("Roast:Vectors:careful", Scene.VectorPath), ("Roast:Vector", "careful"),
            ("Roast:Strength", "0.5"), ("Roast:Scope", "last"), ("Roast:Threads", "1"), ("Roast:MaxOutputTokens", "3"), ("Roast:MaxConcurrentRequests", "2"), ("Roast:Temperature", "0")).GetSection("Roast");
        using var services = new ServiceCollection().AddLogging().AddMetrics().AddRoastChatClient(section).BuildServiceProvider();
        var client = services.GetRequiredService<IChatClient>();
        var response = await client.GetResponseAsync(Scene.Ask());
        Assert.Equal((Scene.Careful, "sums", ChatFinishReason.Length), (response.Text, response.ModelId, response.FinishReason!.Value));
        Assert.Equal(Scene.Sloppy, await client.Answer(new ChatOptions().Unsteer()));
        Assert.Equal(Scene.Careful, await client.Answer(new() { AdditionalProperties = new() { [SteeringKeys.Vector] = "careful", [SteeringKeys.Strength] = 0.5 } }));
        Assert.Same(services.GetRequiredService<SteerableModel>(), client.GetService<SteerableModel>());
        Assert.Same(client, services.GetRequiredService<IChatClient>());
    }

    [Fact]
    public async Task Keyed_clients_have_settings_and_models_of_their_own()
    {
        var services = new ServiceCollection();
        services.AddKeyedRoastChatClient("plain", settings => settings.ModelPath = Repository.DefaultModel);
        services.AddKeyedRoastChatClient("steered", Configuration(("ModelPath", Repository.DefaultModel), ("Vectors:v", Scene.VectorPath), ("Vector", "v"), ("Strength", "0.5")));
        using var provider = services.BuildServiceProvider();
        Assert.Equal(Scene.Sloppy, await provider.GetRequiredKeyedService<IChatClient>("plain").Answer());
        Assert.Equal(Scene.Careful, await provider.GetRequiredKeyedService<IChatClient>("steered").Answer());
        Assert.NotSame(provider.GetRequiredKeyedService<SteerableModel>("plain"), provider.GetRequiredKeyedService<SteerableModel>("steered"));
        Assert.Null(provider.GetService<IChatClient>());
        Assert.Throws<ArgumentException>(() => services.AddKeyedRoastChatClient("", settings => { }));
    }

    [Fact]
    public async Task A_host_with_wrong_settings_does_not_start_and_names_every_fault()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddRoastChatClient(settings => (settings.Threads, settings.Vector, settings.Strength, settings.TopP, settings.TopK, settings.Temperature, settings.MaxOutputTokens, settings.MaxConcurrentRequests) = (0, "v", float.NaN, 2, 0, -1, 0, 0));
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        foreach (string fault in (string[])["ModelPath is not set", "Threads is 0", "Vector is 'v'", "Strength is NaN", "TopP is 2", "TopK is 0", "Temperature is -1", "MaxOutputTokens is 0", "MaxConcurrentRequests is 0"])
            Assert.Contains(fault, refused.Message);
        Assert.Equal(9, refused.Failures.Count());
    }

    public static TheoryData<Action<RoastChatSettings>, string> Wrong => new()
    {
        { settings => settings.Strength = 1, "Vector is not set" },
        { settings => settings.Scope = Scope.All, "Vector is not set" },
        { settings => settings.Relative = true, "Strength is not set" },
        { settings => settings.Vectors["a"] = "", "Vectors:a names no file" },
        { settings => { settings.Vectors["a"] = "a.safetensors"; settings.Vector = "b"; }, "Vector is 'b'; expected 'a'" },
        { settings => { settings.Vectors["a"] = "a.safetensors"; settings.Vector = "a"; settings.Scope = (Scope)9; }, "Scope is 9" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Settings_that_do_not_go_together_are_refused(Action<RoastChatSettings> change, string fault)
    {
        using var services = new ServiceCollection().AddRoastChatClient(settings => { settings.ModelPath = Repository.DefaultModel; change(settings); }).BuildServiceProvider();
        Assert.Contains(fault, Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IChatClient>()).Message);
    }

    [Fact]
    public void A_model_or_vector_that_is_not_there_is_said_when_the_client_is_asked_for()
    {
        using var noModel = new ServiceCollection().AddRoastChatClient(settings => settings.ModelPath = "no-such-folder").BuildServiceProvider();
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => noModel.GetRequiredService<IChatClient>()).Kind);
        using var noVector = new ServiceCollection().AddRoastChatClient(settings => { settings.ModelPath = Repository.DefaultModel; settings.Vectors["v"] = "no-such.safetensors"; }).BuildServiceProvider();
        Assert.Equal(RoastError.NotFound, Assert.Throws<RoastException>(() => noVector.GetRequiredService<IChatClient>()).Kind);
    }

    [Fact]
    public async Task The_container_disposes_the_model_with_itself()
    {
        var services = new ServiceCollection().AddRoastChatClient(settings => settings.ModelPath = Repository.DefaultModel).BuildServiceProvider();
        var client = services.GetRequiredService<IChatClient>();
        Assert.Equal(Scene.Sloppy, await client.Answer());
        await services.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Answer());
    }
}
