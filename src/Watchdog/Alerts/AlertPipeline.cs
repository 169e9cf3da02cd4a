using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Watchdog.Alerts.Conditions;
using Watchdog.Alerts.Gathering;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Routing;
using Watchdog.Alerts.Storing;
using Watchdog.Alerts.Telling;
using Watchdog.Diagnostics;
using Watchdog.Diagnostics.Instruments;
using Watchdog.Policy;
using Watchdog.Storage;
using Watchdog.Webhooks;

namespace Watchdog.Alerts;

/// <summary>
/// The way of an alert, in one place: open (events and conditions become signals), group (signals become members of incidents), then mute, dedup and route
/// (<see cref="Look"/>, pure), and send (a row in the outbox for each receiver). The place in the log, the incidents and the outbox move in one transaction: a
/// worker that dies in between leaves all three as they were.
/// </summary>
public sealed class AlertPipeline(
    NpgsqlDataSource database, DatabaseClock serverClock, IReceiverNames receivers, IOptions<AlertOptions> options, IOptions<MutingOptions> muting, IOptions<RoutingOptions> routing,
    IOptions<AlertLinkOptions> links, IOptions<PolicyOptions> policy, Prices prices, Clocks clocks, ILogger<AlertPipeline> log)
{
    /// <summary>The name of its place in the event log, and of the prefix of its receivers' channels.</summary>
    public const string Channel = "alerts";

    /// <summary>Events in one transaction: what is held in memory at once.</summary>
    public const int EventsARead = 2_000;

    /// <summary>Reads until nothing is new; returns how many events were read.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            var read = await StepAsync(ct);
            total += read;
            if (read < EventsARead)
            {
                return total;
            }
        }
    }

    /// <summary>One transaction.</summary>
    /// <returns>Events read.</returns>
    public async Task<int> StepAsync(CancellationToken ct)
    {
        var began = clocks.Wall.GetTimestamp();
        var server = await serverClock.NowAsync(ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // The place's row is locked from here on: of several workers one is at it, and the next one goes on from where it ends.
        var events = await EventCursor.ReadAsync(connection, transaction, Channel, EventsARead, clocks.Wall.GetUtcNow(), ct);
        var now = clocks.Fleet.GetUtcNow();
        var signals = await OpenAsync(connection, transaction, events, server, now, ct);
        var opened = await MemberStore.WriteAsync(connection, transaction, MemberFold.Of(signals), now, ct);
        var decided = await LookAsync(connection, transaction, now, ct);
        if (events.Count > 0)
        {
            await EventCursor.MoveAsync(connection, transaction, Channel, events[^1], ct);
        }

        await transaction.CommitAsync(ct);
        Count(signals, opened, decided, clocks.Wall.GetElapsedTime(began));
        return events.Count;
    }

    private async Task<List<Signal>> OpenAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<LoggedEvent> events, DateTimeOffset server, DateTimeOffset now, CancellationToken ct)
    {
        var scopes = await ScopeReads.ReadAsync(connection, transaction, ct);
        List<Signal> signals = [];
        foreach (var one in events)
        {
            try
            {
                signals.AddRange(EventSignals.Of(one, scopes));
            }
            catch (JsonException wrong)
            {
                // One event that cannot be read holds up none of those behind it.
                AlertMeters.NotRead();
                Log.EventUnread(log, one.Id, one.Kind, wrong.Message);
            }
        }

        var (alive, members) = await ConditionTable.ReadAsync(connection, transaction, server, ct);
        var storm = StormRules.Of(await StormReads.WavesAsync(connection, transaction, ct), server, now);
        signals.AddRange(ConditionSignals.Of([.. alive, .. storm], members, server, now));
        return signals;
    }

    private async Task<IReadOnlyList<Decision>> LookAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        var due = await IncidentTable.LockDueAsync(connection, transaction, now, ct);
        if (due.Count == 0)
        {
            return [];
        }

        var silences = await SilenceBook.ReadAsync(connection, transaction, now, ct);
        var tallies = await HeardAsync(connection, transaction, due, silences, now, ct);
        var around = new Surroundings(
            now, options.Value.QuietPeriod, silences, muting.Value,
            await IncidentTable.OnAsync(connection, transaction, ct), await StormReads.GatheredAsync(connection, transaction, ct), routing.Value, receivers.Names,
            new(policy.Value.Mode == PolicyMode.Observe, prices.Of, links.Value));
        List<Looked> looks = [.. due.Where(incident => tallies.ContainsKey(incident.Id)).Select(incident => Look.At(incident, tallies[incident.Id], around))];
        await IncidentTable.SaveAsync(connection, transaction, [.. looks.Select(look => look.Incident)], ct);
        List<Decision> decisions = [.. looks.SelectMany(look => look.Decisions.Select(one => new Decision(look.Incident.Id, now, one.Stage, one.Outcome, one.Reason)))];
        await IncidentTable.DecideAsync(connection, transaction, decisions, ct);
        foreach (var look in looks)
        {
            var traceparent = tallies[look.Incident.Id].Ten.FirstOrDefault(member => member.Traceparent is not null)?.Traceparent;
            foreach (var (notification, names) in look.Told)
            {
                await SendAsync(connection, transaction, notification, names, traceparent, ct);
            }
        }

        return decisions;
    }

    // What due incidents are made of, without the members that are silenced.
    private async Task<IReadOnlyDictionary<long, IncidentTally>> HeardAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<IncidentState> due, IReadOnlyList<Silence> silences, DateTimeOffset now, CancellationToken ct)
    {
        var tallies = new Dictionary<long, IncidentTally>(await TallyReads.ReadAsync(connection, transaction, [.. due.Select(incident => incident.Id)], [], ct));
        foreach (var incident in due.Where(incident => tallies.ContainsKey(incident.Id)))
        {
            var all = tallies[incident.Id];
            var without = MuteRules.OfMembers(incident.Key, KindTable.Of(incident.Key.Kind).Of(all.Worst, all.Size), silences, muting.Value, now);
            if (without.Count > 0)
            {
                tallies[incident.Id] = all.Without((await TallyReads.ReadAsync(connection, transaction, [incident.Id], without, ct)).GetValueOrDefault(incident.Id));
            }
        }

        return tallies;
    }

    private async Task SendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Notification notification, IReadOnlyList<string> names, string? traceparent, CancellationToken ct)
    {
        var body = NotificationJson.Write(notification);
        foreach (var name in names)
        {
            await OutboxTable.AddAsync(
                connection, transaction, $"{Channel}:{name}", notification.MessageId, $"incident:{notification.Incident}", notification.Kind.ToString().ToLowerInvariant(), body,
                clocks.Wall.GetUtcNow(), traceparent, ct);
        }
    }

    private static void Count(List<Signal> signals, int opened, IReadOnlyList<Decision> decided, TimeSpan took)
    {
        foreach (var alike in signals.GroupBy(signal => (signal.State, signal.Key.Kind)))
        {
            AlertMeters.Gathered(alike.Key.State.ToString().ToLowerInvariant(), alike.Key.Kind, alike.Count());
        }

        AlertMeters.IncidentsOpened(opened);
        foreach (var one in decided)
        {
            AlertMeters.Decided(one.Stage, one.Stage == "route" ? "routed" : one.Outcome);
        }

        AlertMeters.Committed(took);
    }
}
