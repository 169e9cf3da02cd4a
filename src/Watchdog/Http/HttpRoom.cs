using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics.Exporting;
using Watchdog.Http.Access;
using Watchdog.Http.Access.Oidc;
using Watchdog.Http.Access.Proxy;
using Watchdog.Http.Access.Sessions;
using Watchdog.Http.Api;
using Watchdog.Http.Keys;

namespace Watchdog.Http;

/// <summary>The room's registrations.</summary>
public static class HttpRoom
{
    /// <summary>Adds the book of API keys; needs the data source.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.TryAddSingleton<KeyBook>();
        return services;
    }

    /// <summary>Adds the book of sessions and sign-in links; needs the data source and the clocks.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.TryAddSingleton<SessionBook>();
        return services;
    }

    /// <summary>Adds the listener, which opens its port when the host starts, and only where <c>Http:Listen</c> names one.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddOptions<HttpOptions>().BindConfiguration(HttpOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpOptions>, HttpOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpOptions>, ListenValidator>());
        services.AddMetrics();
        services.TryAddSingleton<MetricBook>();
        return services
            .AddApiKeys()
            .AddSingleton<KeyRing>()
            .AddSingleton<IReadModel>(provider => provider.GetRequiredService<KeyRing>())
            .AddAccess()
            .AddSingleton<IEndpoints, LivenessEndpoint>()
            .AddSingleton<IEndpoints, MetricsEndpoint>()
            .AddSingleton<IEndpoints, ApiDescription>()
            .AddSingleton<HttpListening>()
            .AddHostedService(provider => provider.GetRequiredService<HttpListening>());
    }

    private static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccessOptions>, SignInValidator>());
        return services
            .AddSessions()
            .AddSingleton<OidcIssuer>()
            .AddSingleton<OidcTokens>()
            .AddSingleton<CodeExchange>()
            .AddSingleton<OidcEndpoints>()
            .AddSingleton<ISignInWay>(provider => provider.GetRequiredService<OidcEndpoints>())
            .AddSingleton<IEndpoints>(provider => provider.GetRequiredService<OidcEndpoints>())
            .AddSingleton<IIdentity, BearerIdentity>()
            .AddSingleton<IIdentity, ProxyIdentity>()
            .AddSingleton<IIdentity, SessionIdentity>()
            .AddSingleton<Gate>()
            .AddSingleton<IEndpoints, SignInEndpoints>();
    }
}
