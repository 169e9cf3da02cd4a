using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Watchdog.Reports.Daily;

/// <summary>The registrations of the daily report.</summary>
public static class DailyRoom
{
    /// <summary>Adds it; runs while the host does, beside the pages and the sending of alerts.</summary>
    public static IServiceCollection AddDailyReport(this IServiceCollection services)
    {
        services.AddOptions<DailyOptions>().BindConfiguration(DailyOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DailyOptions>, DailyOptionsValidator>());
        return services.AddSingleton<DailyReport>().AddHostedService<DailyService>();
    }
}
