using Microsoft.Extensions.Options;
using Watchdog.Cli.Cases;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Governing;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Api;

namespace Watchdog.Cli.Remote;

/// <summary>The database.</summary>
internal sealed class LedgerBulks(IServiceProvider services) : IBulkDesk
{
    private readonly BulkDesk desk = services.GetRequiredService<BulkDesk>();

    public DateTimeOffset Now => services.GetRequiredService<Clocks>().Fleet.GetUtcNow();

    public async Task<Bulk> FreezeAsync(string kind, RequestPayload payload, CasesWhere where, string by, CancellationToken ct)
    {
        var frozen = await desk.FreezeAsync(kind, payload, where.Filter(Now), by, Now, ct);
        return frozen.Stands ? (await desk.FindAsync(frozen.Id!.Value, ct))! : throw new UsageException(frozen.Sentence);
    }

    public Task<IReadOnlyList<BulkItem>> ItemsAsync(long bulk, CancellationToken ct) => desk.ItemsAsync(bulk, 0, BulkRules.MostCases, ct);

    public async Task<ReleaseEffort?> EffortAsync(IReadOnlyList<BulkItem> items, CancellationToken ct)
    {
        var inForce = await services.GetRequiredService<ActBacklog>().InForceAsync([.. items.Select(of => of.CaseId)], ct);
        var options = services.GetRequiredService<IOptions<EnforcementOptions>>().Value;
        return new(inForce.Count, Estimate.Of(
            [.. inForce.Values.Select(Backlog.Releasing)], services.GetRequiredService<ICallRates>(), options.Parallel, Estimate.UsualLatency, Estimate.Alone(options)));
    }

    public async Task<string> StartAsync(long bulk, string by, int count, CancellationToken ct)
    {
        var started = await desk.StartAsync(bulk, by, count, Now, ct);
        return started.Stands ? started.Sentence : throw new UnavailableException(started.Sentence);
    }

    public Task<Bulk?> FindAsync(long bulk, CancellationToken ct) => desk.FindAsync(bulk, ct);

    public async Task<(bool Stands, string Sentence)> UndoAsync(long bulk, string by, CancellationToken ct) =>
        await desk.UndoAsync(bulk, by, Now, ct) is var undone ? (undone.Stands, undone.Sentence) : default;
}
