using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Enforcement;

/// <summary>Whether an act still has its ground, asked right before it begins.</summary>
public sealed class Grounds(NpgsqlDataSource database)
{
    /// <summary>
    /// Why the act must wait; null when it may begin: its episode is open, and a verdict no older than <paramref name="fresh"/> still finds the
    /// behaviour. What a person asked for without an episode stands by itself.
    /// </summary>
    public async Task<string?> MissingAsync(ActRecord act, TimeSpan fresh, DateTimeOffset now, CancellationToken ct)
    {
        if (act.EpisodeId is not { } episode || act.Kind == ActKinds.Release || act.EscalatedFrom is not null)
        {
            return null;
        }

        await using var command = database.CreateCommand(
            """
            select closed_at is null, coalesce((state #>> '{state,judgedAt}')::timestamptz, opened_at), coalesce((state #>> '{state,recent}')::int, 1)
            from episode where id = $1
            """);
        command.Parameters.Add(new() { Value = episode });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct) || !reader.GetBoolean(0))
        {
            return "its episode has ended";
        }

        var judged = reader.GetFieldValue<DateTimeOffset>(1);
        // A verdict from the future belongs to a clock that jumped.
        return judged < now - fresh || judged > now + fresh ? FormattableString.Invariant($"the last verdict is of {judged:HH:mm} UTC: it waits for a fresh one")
            : (reader.GetInt32(2) & 1) == 0 ? "the last verdict did not find the behaviour: it waits for the next"
            : null;
    }
}
