using System.Text.Json;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Streaming;

namespace Watchdog.Intake;

/// <summary>Takes a delivery's body in: read, sorted, merged into what is known, and only then acknowledged. The same delivery again changes nothing.</summary>
internal sealed class StreamIntake(ScopeCatalog scopes, WindowTable table, IOptions<TelemetryOptions> options, Clocks clocks)
{
    private static readonly (StreamOutcome Outcome, string Name)[] Names =
        [.. Enum.GetValues<StreamOutcome>().Select(outcome => (outcome, JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString())))];

    private static readonly TimeSpan TrimEach = TimeSpan.FromMinutes(15);
    private readonly IReadOnlyList<Metric> carried = options.Value.Stream.Carried();
    private DateTimeOffset trimmed;
    private IReadOnlyList<Scope>? known;

    /// <summary>Takes it in.</summary>
    /// <returns>How many of its points were new.</returns>
    /// <exception cref="DeliveryException">It is no delivery.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database is away; what it has of the delivery by then is whole.</exception>
    public async Task<int> TakeAsync(Memory<byte> body, string requestId, CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow();
        // The configured scopes do not change while the process runs.
        known ??= await scopes.LoadAsync(ct);
        var batch = new StreamBatch(new ScopeNames(known), carried, now);
        FirehoseBody.Read(body, requestId, batch);
        var tally = await table.MergeAsync(batch.Windows, now, ct);
        batch.Count(StreamOutcome.Stored, tally.Stored);
        batch.Count(StreamOutcome.Known, tally.Known);
        batch.Count(StreamOutcome.UnknownVm, tally.UnknownVm);
        batch.Count(StreamOutcome.WrongScope, tally.WrongScope);
        foreach (var (outcome, name) in Names)
        {
            if (batch.Of(outcome) is > 0 and var points)
            {
                StreamMeters.Came(name, points);
            }
        }

        if (now - trimmed >= TrimEach)
        {
            trimmed = now;
            await table.TrimAsync(PointRing.PeriodOf(now) - PointRing.Slots, ct);
        }

        return tally.Stored;
    }
}
