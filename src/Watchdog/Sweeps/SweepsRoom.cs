using Watchdog.Policy;
using Watchdog.Sweeps.Backtesting;
using Watchdog.Sweeps.Explaining;
using Watchdog.Telemetry;

namespace Watchdog.Sweeps;

/// <summary>Puts the room together.</summary>
public static class SweepsRoom
{
    /// <summary>Adds the pipeline; the rooms that it spells out are added by themselves, the clocks by the host.</summary>
    public static IServiceCollection AddSweeps(this IServiceCollection services)
    {
        services.AddSpending();
        services.AddSingleton<Looks>();
        services.AddSingleton<ShardSweep>();
        services.AddSingleton<Pipeline>();
        services.AddSingleton<VmExplainer>();
        services.AddSingleton<LiveHistory>();
        services.AddSingleton<EpisodeFollower>(provider => provider.GetRequiredService<CaseOpener>().ApplyAsync);
        return services;
    }
}
