using Npgsql;
using Watchdog.Diagnostics;

namespace Watchdog.Telemetry.Spending;

/// <summary>How the month stands.</summary>
/// <param name="Usd">Spent in this calendar month (UTC, fleet time), by the whole cluster.</param>
/// <param name="BudgetUsd">The month's budget; 0 for none.</param>
/// <param name="Level">What is left off.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record Spending(decimal Usd, decimal BudgetUsd, Thrift Level, string Reason);

/// <summary>
/// The month's spending of the whole cluster, kept in <c>aws_spend</c>: each worker adds its own with every run, so that a restart forgets at most one run.
/// </summary>
/// <param name="bill">This process's costs; null where nothing is called.</param>
public sealed class SpendBook(NpgsqlDataSource database, Clocks clocks, IBill? bill = null)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, decimal> settled = new(StringComparer.Ordinal);
    private Spending? last;

    /// <summary>How it stood last; null before the first settling.</summary>
    public Spending? Now => Volatile.Read(ref last);

    /// <summary>Adds what this process spent since the last time, and reads how the cluster's month stands.</summary>
    public async Task<Spending> SettleAsync(CancellationToken ct)
    {
        var now = clocks.Fleet.GetUtcNow().UtcDateTime;
        var month = new DateOnly(now.Year, now.Month, 1);
        var owed = Take();
        try
        {
            await using var command = database.CreateCommand(
                """
                with added as (
                  insert into aws_spend (month, operation, usd) select $1, operation, usd from unnest($2, $3) as o(operation, usd)
                  on conflict (month, operation) do update set usd = aws_spend.usd + excluded.usd)
                select coalesce(sum(usd), 0) + (select coalesce(sum(usd), 0) from unnest($3) as o(usd)) from aws_spend where month = $1
                """);
            command.Parameters.Add(new() { Value = month });
            command.Parameters.Add(new() { Value = owed.Select(one => one.Key).ToArray() });
            command.Parameters.Add(new() { Value = owed.Select(one => one.Value).ToArray() });
            var usd = (decimal)(await command.ExecuteScalarAsync(ct))!;
            var budget = bill?.BudgetUsd ?? 0;
            var (level, reason) = ThriftRules.Decide(usd, budget);
            var stands = new Spending(usd, budget, level, reason);
            Volatile.Write(ref last, stands);
            return stands;
        }
        catch
        {
            GiveBack(owed);
            throw;
        }
    }

    // Several runs settle at once: what one has taken, no other adds.
    private List<KeyValuePair<string, decimal>> Take()
    {
        List<KeyValuePair<string, decimal>> owed = [];
        lock (gate)
        {
            foreach (var (operation, usd) in bill?.Usd ?? new Dictionary<string, decimal>())
            {
                var since = usd - settled.GetValueOrDefault(operation);
                if (since > 0)
                {
                    settled[operation] = usd;
                    owed.Add(new(operation, since));
                }
            }
        }

        return owed;
    }

    private void GiveBack(List<KeyValuePair<string, decimal>> owed)
    {
        lock (gate)
        {
            foreach (var (operation, usd) in owed)
            {
                settled[operation] -= usd;
            }
        }
    }
}
