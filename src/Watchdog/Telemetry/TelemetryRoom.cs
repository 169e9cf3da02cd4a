using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Telemetry.Agents;
using Watchdog.Telemetry.Spending;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Telemetry;

/// <summary>Puts the room together.</summary>
public static class TelemetryRoom
{
    /// <summary>Adds the room's settings, the look at agents and the month's bill; its ports' implementations come with <c>AddAws</c>.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        services.AddSingleton<AgentSweep>();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, StreamValidator>();
        // Made only where a stream is switched on: they need the database.
        services.AddMetrics();
        services.AddSingleton<WindowTable>().AddSingleton<StreamSilence>();
        return services.AddSpending();
    }

    /// <summary>Adds the month's bill; without an <see cref="IBill"/> nothing is spent and none is known.</summary>
    public static IServiceCollection AddSpending(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SpendBook(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<Clocks>(), provider.GetService<IBill>()));
        return services;
    }
}
