using Watchdog.Ledger.Appeals;
using Watchdog.Ledger.Auditing;

namespace Watchdog.Ledger;

/// <summary>The room's registrations.</summary>
public static class LedgerRoom
{
    /// <summary>Adds the ledger's repositories; needs an <c>NpgsqlDataSource</c>.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<CaseRepository>()
        .AddSingleton<AppealBook>()
        .AddSingleton<RequestInbox>()
        .AddSingleton<ActBacklog>()
        .AddSingleton<ActJournal>()
        .AddSingleton<StepJournal>()
        .AddSingleton<ExhibitTable>()
        .AddSingleton<ActEndings>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditSealer>()
        .AddSingleton<AuditVerifier>();
}
