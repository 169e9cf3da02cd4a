using Npgsql;
using Watchdog.Alerts.Gathering;
using Watchdog.Ledger;

namespace Watchdog.Alerts.Storing;

/// <summary>Reads the scopes' names: a row an account and Region.</summary>
internal static class ScopeReads
{
    public static async Task<ScopeNames> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var command = Statement.On(connection, transaction, "select id, key, region from scope");
        return new((await Rows.AllAsync(command, r => (Id: r.GetInt16(0), Name: (r.GetString(1), r.GetString(2))), ct)).ToDictionary(row => row.Id, row => row.Name));
    }
}
