using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Slo.Books;

/// <summary>A VM whose minutes cannot be judged, why, and since which minute (since 1970-01-01) its news wait.</summary>
internal sealed record WaitingVm(string InstanceId, int Since, string Why);

/// <summary>What a look at the books found, without mending it.</summary>
/// <param name="FirstDay">First day looked at, counted from 1970-01-01.</param>
/// <param name="LastDay">Last day looked at: the one that is being written, of which only the rows can be checked.</param>
/// <param name="Broken">Days that do not hold together.</param>
/// <param name="NotJudged">How many VMs cannot be judged.</param>
/// <param name="Waiting">Some of them, at most <see cref="MostNamed"/>.</param>
internal sealed record BookAudit(int FirstDay, int LastDay, IReadOnlyList<BookBreach> Broken, int NotJudged, IReadOnlyList<WaitingVm> Waiting)
{
    public const int MostNamed = 50;

    public bool Holds => Broken.Count == 0 && NotJudged == 0;

    /// <summary>Looks at the last days. Each is checked as the keeper does it, in a transaction that is rolled back.</summary>
    /// <param name="days">How many days that are written in every scope, besides the one that is being written.</param>
    /// <param name="now">Fleet time.</param>
    /// <returns>Null where there are no books.</returns>
    public static async Task<BookAudit?> ReadAsync(NpgsqlDataSource database, int days, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        var books = await BookScope.AllAsync(connection, null, ct);
        if (books.Count == 0)
        {
            return null;
        }

        var open = books.Values.Min(book => book.Day);
        var last = books.Values.Max(book => book.Day);
        var first = Math.Max(open - days, books.Values.Min(book => book.From) / Minutes.Minute.Day);
        List<BookBreach> broken = [];
        for (var day = first; day <= last; day++)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var breach = day < open
                ? await BookCheck.RunAsync(connection, transaction, day, now, ct) : await BookCheck.OpenDayAsync(connection, transaction, day, ct);
            await transaction.RollbackAsync(ct);
            if (breach.Any)
            {
                broken.Add(breach);
            }
        }

        await using var command = Statement.On(connection, null,
            $"""
            select v.instance_id, v.dirty_min, v.dirty_why, count(*) over ()::int from slo_vm v
            where v.dirty_min is not null and v.dirty_why like '{DirtyVm.NotJudged}%' order by v.scope, v.id limit $1
            """, MostNamed);
        var waiting = await Ledger.Rows.AllAsync(command, static r => (
            Vm: new WaitingVm(r.GetString(0), r.GetInt32(1), r.GetString(2)[DirtyVm.NotJudged.Length..]), All: r.GetInt32(3)), ct);
        return new(first, last, broken, waiting.Count == 0 ? 0 : waiting[0].All, [.. waiting.Select(row => row.Vm)]);
    }
}
