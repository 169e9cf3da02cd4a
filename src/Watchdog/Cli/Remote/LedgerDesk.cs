using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Cli.Remote;

/// <summary>The database.</summary>
internal sealed class LedgerDesk(IServiceProvider services) : ICaseDesk
{
    private readonly CaseRepository cases = services.GetRequiredService<CaseRepository>();
    private readonly RequestInbox inbox = services.GetRequiredService<RequestInbox>();

    public DateTimeOffset Now => services.GetRequiredService<Clocks>().Fleet.GetUtcNow();

    public async Task<(IReadOnlyList<CaseRecord> Cases, IReadOnlyDictionary<long, ActRecord> Acts)> ListAsync(CaseFilter filter, CancellationToken ct)
    {
        var found = await cases.ListAsync(filter, ct);
        return (found, await cases.LatestActsAsync([.. found.Select(of => of.Id)], ct));
    }

    public Task<WholeCase?> ShowAsync(long id, CancellationToken ct) => cases.ShowAsync(id, ct);

    public async Task<long> AskAsync(string kind, string by, CaseRecord seen, RequestPayload payload, CancellationToken ct)
    {
        var asked = await inbox.AskAsync(null, kind, by, seen.Id, seen.Version, payload, Now, ct);
        return asked.Id ?? throw new UsageException(asked.Sentence);
    }

    public Task<RequestRecord?> FindAsync(long request, long caseId, CancellationToken ct) => inbox.FindAsync(request, ct);
}
