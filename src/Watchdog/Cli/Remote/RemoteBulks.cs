using System.Globalization;
using Watchdog.Cli.Cases;
using Watchdog.Ledger;
using Watchdog.Policy.Bulks;
using Watchdog.Reports.Api;
using Watchdog.Reports.Api.Shapes;

namespace Watchdog.Cli.Remote;

/// <summary>A worker's API.</summary>
internal sealed class RemoteBulks(ApiClient api) : IBulkDesk
{
    private const int Page = 500;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async Task<Bulk> FreezeAsync(string kind, RequestPayload payload, CasesWhere where, string by, CancellationToken ct) => Of(await api.PostAsync<BulkStateJson>(
        "/v1/bulk",
        new
        {
            Act = kind, payload.Reason, payload.Ruling, payload.Force, Minutes = payload.Span is { } span ? (int?)span.TotalMinutes : null, payload.Assignee, Where = where,
        }, Guid.NewGuid(), ct) ?? throw new UnavailableException("The worker there has no API."));

    public async Task<IReadOnlyList<BulkItem>> ItemsAsync(long bulk, CancellationToken ct)
    {
        List<BulkItem> items = [];
        long? after = 0;
        while (after is { } last)
        {
            var page = await api.GetAsync<BulkItemsJson>(Path(bulk, string.Create(CultureInfo.InvariantCulture, $"/items?limit={Page}&after={last}")), ct) ?? throw Gone(bulk);
            items.AddRange(page.Items);
            after = page.Next;
        }

        return items;
    }

    // How long calls take there is not known here.
    public Task<ReleaseEffort?> EffortAsync(IReadOnlyList<BulkItem> items, CancellationToken ct) => Task.FromResult<ReleaseEffort?>(null);

    public async Task<string> StartAsync(long bulk, string by, int count, CancellationToken ct) =>
        (await api.PostAsync<BulkStateJson>(Path(bulk, "/start"), new { Count = count }, Guid.NewGuid(), ct) ?? throw Gone(bulk)).Sentence ?? "";

    public async Task<Bulk?> FindAsync(long bulk, CancellationToken ct) => await api.GetAsync<BulkStateJson>(Path(bulk, ""), ct) is { } found ? Of(found) : null;

    public async Task<(bool Stands, string Sentence)> UndoAsync(long bulk, string by, CancellationToken ct)
    {
        try
        {
            return await api.PostAsync<BulkStateJson>(Path(bulk, "/undo"), new { }, Guid.NewGuid(), ct) is { } undone ? (true, undone.Sentence ?? "") : (false, $"There is no bulk {bulk}.");
        }
        catch (UsageException refused)
        {
            return (false, refused.Message);
        }
    }

    private static Bulk Of(BulkStateJson of) => new(
        of.Id, of.At, of.Act, of.Actor, of.Payload?.GetRawText() ?? "null", of.Cases, of.StartedAt, of.NotBefore, of.UndoneAt, of.UndoneBy, of.Counts);

    private static string Path(long bulk, string rest) => string.Create(CultureInfo.InvariantCulture, $"/v1/bulk/{bulk}{rest}");

    private static UnavailableException Gone(long bulk) => new(FormattableString.Invariant($"There is no bulk {bulk} any more."));
}
