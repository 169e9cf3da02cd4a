using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Ledger;

namespace Watchdog.Reports.Queue;

/// <summary>A filter of the queue that a person keeps under a name.</summary>
/// <param name="Href">The queue's address with it.</param>
public sealed record SavedView(long Id, string Name, string Href);

/// <summary>Where people's views of the queue are kept; each sees their own.</summary>
public sealed class ViewBook(NpgsqlDataSource database, Clocks clocks)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 40;

    /// <summary>Most views a person.</summary>
    public const int Most = 30;

    /// <summary>A person's views, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> OfAsync(string person, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, "select id, name, href from saved_view where person = $1 order by name, id", Person(person));
        return await Rows.AllAsync(command, r => new SavedView(r.GetInt64(0), r.GetString(1), r.GetString(2)), ct);
    }

    /// <summary>Keeps a filter; one of the same name gives way.</summary>
    /// <returns>Why it is not kept, in a sentence; null: it is.</returns>
    public async Task<string?> SaveAsync(string person, string name, QueueFilter filter, CancellationToken ct)
    {
        var clean = CleanText.Of(name.Trim(), LongestName + 1);
        if (clean.Length is 0 or > LongestName)
        {
            return $"A view's name has 1 to {LongestName} characters.";
        }

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null,
            """
            insert into saved_view (person, name, href, at)
            select $1, $2, $3, $4 where exists (select 1 from saved_view where person = $1 and name = $2) or (select count(*) from saved_view where person = $1) < $5
            on conflict (person, name) do update set href = excluded.href, at = excluded.at
            """, Person(person), clean, (filter with { Page = 1 }).Href(), clocks.Fleet.GetUtcNow(), Most);
        return await command.ExecuteNonQueryAsync(ct) == 0 ? $"You have {Most} views, the most there may be: delete one first." : null;
    }

    /// <summary>Deletes a view of a person's; another's is left alone.</summary>
    public async Task DeleteAsync(string person, long id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = Statement.On(connection, null, "delete from saved_view where person = $1 and id = $2", Person(person), id);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Person(string name) => CleanText.Of(name, RequestRules.LongestName);
}
