using Microsoft.Extensions.Options;

namespace Watchdog.Slo;

/// <summary>The room's registrations.</summary>
public static class SloRoom
{
    /// <summary>Adds the uptime books; their options are checked at start.</summary>
    public static IServiceCollection AddSlo(this IServiceCollection services)
    {
        services.AddOptions<SloOptions>().BindConfiguration(SloOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<SloOptions>, SloOptionsValidator>()
            .AddSingleton<Books.BookKeeper>()
            .AddSingleton<Alarms.AlarmRun>();
    }

    /// <summary>Adds the uptime gauges, which are read from the books while the host runs.</summary>
    public static IServiceCollection AddSloGauges(this IServiceCollection services) => services
        .AddSingleton<Alarms.SloGauges>()
        .AddHostedService<Alarms.SloGaugeService>();
}
