using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Roast.Extensions.AI;
using Roast.Onnx;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Registers chat clients over steerable models. Client and model are singletons, opened when first asked for and disposed by the
/// container; settings are checked when the host starts (<see cref="OptionsValidationException"/>, all faults at once).
/// </summary>
public static class RoastChatServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="IChatClient"/> and its <see cref="SteerableModel"/>.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="configure">Sets at least <see cref="RoastChatSettings.ModelPath"/>.</param>
    public static IServiceCollection AddRoastChatClient(this IServiceCollection services, Action<RoastChatSettings> configure) => Add(services, key: null, settings => settings.Configure(configure));

    /// <summary>Registers an <see cref="IChatClient"/> and its <see cref="SteerableModel"/>.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="section">Holds the properties of <see cref="RoastChatSettings"/>.</param>
    public static IServiceCollection AddRoastChatClient(this IServiceCollection services, IConfiguration section) => Add(services, key: null, settings => settings.Bind(section));

    /// <summary>Registers an <see cref="IChatClient"/> and its <see cref="SteerableModel"/> under a key, for several models in one application.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="key">The service key, and the name of the settings; not empty.</param>
    /// <param name="configure">Sets at least <see cref="RoastChatSettings.ModelPath"/>.</param>
    public static IServiceCollection AddKeyedRoastChatClient(this IServiceCollection services, string key, Action<RoastChatSettings> configure) => Add(services, Named(key), settings => settings.Configure(configure));

    /// <summary>Registers an <see cref="IChatClient"/> and its <see cref="SteerableModel"/> under a key, for several models in one application.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="key">The service key, and the name of the settings; not empty.</param>
    /// <param name="section">Holds the properties of <see cref="RoastChatSettings"/>.</param>
    public static IServiceCollection AddKeyedRoastChatClient(this IServiceCollection services, string key, IConfiguration section) => Add(services, Named(key), settings => settings.Bind(section));

    static string Named(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return key;
    }

    static IServiceCollection Add(IServiceCollection services, string? key, Action<OptionsBuilder<RoastChatSettings>> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        configure(services.AddOptions<RoastChatSettings>(key ?? Options.Options.DefaultName).ValidateOnStart());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RoastChatSettings>, RoastChatSettingsValidator>());
        if (key is null)
        {
            services.TryAddSingleton(provider => RoastChatFactory.OpenModel(Settings(provider, null)));
            services.AddSingleton<IChatClient>(provider => Client(provider, null, provider.GetRequiredService<SteerableModel>()));
        }
        else
        {
            services.TryAddKeyedSingleton(key, (provider, _) => RoastChatFactory.OpenModel(Settings(provider, key)));
            services.AddKeyedSingleton<IChatClient>(key, (provider, _) => Client(provider, key, provider.GetRequiredKeyedService<SteerableModel>(key)));
        }
        return services;
    }

    static RoastChatSettings Settings(IServiceProvider provider, string? key) => provider.GetRequiredService<IOptionsMonitor<RoastChatSettings>>().Get(key ?? Options.Options.DefaultName);

    static RoastChatClient Client(IServiceProvider provider, string? key, SteerableModel model) =>
        new(model, RoastChatFactory.ClientOptions(Settings(provider, key)), provider.GetService<ILoggerFactory>(), provider.GetService<IMeterFactory>());
}
