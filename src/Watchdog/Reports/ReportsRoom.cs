using Watchdog.Http;
using Watchdog.Reports.Api;
using Watchdog.Reports.Approving;
using Watchdog.Reports.Bulks;
using Watchdog.Reports.Cases;
using Watchdog.Reports.Daily;
using Watchdog.Reports.Exempting;
using Watchdog.Reports.Fleet;
using Watchdog.Reports.Idle;
using Watchdog.Reports.Incidents;
using Watchdog.Reports.Judging;
using Watchdog.Reports.Pages;
using Watchdog.Reports.Queue;
using Watchdog.Reports.Settings;
using Watchdog.Reports.Trail;
using Watchdog.Reports.Uptime;
using Watchdog.Reports.Vms;
using Watchdog.Reports.Workers;

namespace Watchdog.Reports;

/// <summary>The room's registrations.</summary>
public static class ReportsRoom
{
    /// <summary>Adds the ops pages to the listener; needs the worker's rooms, since they show what those know.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddApi()
        .AddSingleton<StandingReads>()
        .AddSingleton<IReadModel>(provider => provider.GetRequiredService<StandingReads>())
        .AddSingleton<ToldReads>()
        .AddSingleton<PageDesk>()
        .AddSingleton<IEndpoints, AssetEndpoint>()
        .AddSingleton<IEndpoints, LiveEndpoint>()
        .AddSingleton<QueueReads>()
        .AddSingleton<QueueCache>()
        .AddSingleton<ViewBook>()
        .AddSingleton<IEndpoints, QueueEndpoint>()
        .AddSingleton<QueueNeighbours>()
        .AddSingleton<CaseCurves>()
        .AddSingleton<CaseReads>()
        .AddSingleton<IEndpoints, CaseEndpoint>()
        .AddSingleton<IEndpoints, ExhibitEndpoint>()
        .AddSingleton<VmReads>()
        .AddSingleton<VmSearch>()
        .AddSingleton<IEndpoints, VmEndpoint>()
        .AddSingleton<IEndpoints, JudgeEndpoint>()
        .AddSingleton<DayReads>()
        .AddSingleton<IEndpoints, DayEndpoint>()
        .AddSingleton<FleetReads>()
        .AddSingleton<IEndpoints, FleetEndpoint>()
        .AddSingleton<IEndpoints, BrakeEndpoint>()
        .AddSingleton<IncidentReads>()
        .AddSingleton<IEndpoints, IncidentEndpoint>()
        .AddSingleton<IEndpoints, IncidentActs>()
        .AddSingleton<SloReads>()
        .AddSingleton<IEndpoints, SloEndpoint>()
        .AddSingleton<IdleReads>()
        .AddSingleton<IEndpoints, IdleEndpoint>()
        .AddSingleton<WorkerReads>()
        .AddSingleton<IEndpoints, WorkerEndpoint>()
        .AddSingleton<TrailReads>()
        .AddSingleton<IEndpoints, TrailEndpoint>()
        .AddSingleton<SettingReads>()
        .AddSingleton<IEndpoints, SettingsEndpoint>()
        .AddSingleton<IEndpoints, ViewEndpoint>()
        .AddSingleton<OfferReads>()
        .AddSingleton<SetReads>()
        .AddSingleton<IEndpoints, DraftEndpoint>()
        .AddSingleton<IEndpoints, BulkEndpoint>()
        .AddSingleton<ScopeReads>()
        .AddSingleton<IEndpoints, ExemptEndpoint>()
        .AddSingleton<IEndpoints, ExemptionsEndpoint>()
        .AddSingleton<IEndpoints, EndEndpoint>()
        .AddSingleton<IEndpoints, HoldEndpoint>()
        .AddSingleton<ReachReads>()
        .AddSingleton<IEndpoints, ApprovalsEndpoint>()
        .AddSingleton<IEndpoints, ProposalEndpoint>();
}
