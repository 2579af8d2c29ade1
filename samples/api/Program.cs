using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Roast.Extensions.AI;
using Roast.Samples.Api;

// Settings and the default model lie beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddRoastChatClient(builder.Configuration.GetSection("Roast"));
builder.Services.PostConfigure<RoastChatSettings>(settings =>
{
    if (settings.ModelPath is { } model) settings.ModelPath = Path.Combine(AppContext.BaseDirectory, model);
    foreach (string name in settings.Vectors.Keys.ToArray()) settings.Vectors[name] = Path.Combine(AppContext.BaseDirectory, settings.Vectors[name]);
});
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
});

var app = builder.Build();
app.Services.GetRequiredService<IChatClient>();             // a model that cannot be opened ends the program, not the first request
app.MapGet("/vectors", (Microsoft.Extensions.Options.IOptions<RoastChatSettings> settings) => settings.Value.Vectors.Keys.Order());
app.MapPost("/chat", ChatEndpoint.Answer);
app.Run();
