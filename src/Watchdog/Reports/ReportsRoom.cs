using Watchdog.Http;
using Watchdog.Reports.Judging;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Queue;

namespace Watchdog.Reports;

/// <summary>The room's registrations.</summary>
public static class ReportsRoom
{
    /// <summary>Adds the ops pages to the listener; needs the ledger, the policy and the clocks.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<StandingReads>()
        .AddSingleton<IReadModel>(provider => provider.GetRequiredService<StandingReads>())
        .AddSingleton<PageDesk>()
        .AddSingleton<IEndpoints, AssetEndpoint>()
        .AddSingleton<IEndpoints, LiveEndpoint>()
        .AddSingleton<QueueReads>()
        .AddSingleton<IEndpoints, QueueEndpoint>()
        .AddSingleton<IEndpoints, JudgeEndpoint>();
}
