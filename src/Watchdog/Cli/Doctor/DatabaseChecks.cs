using System.Net.Sockets;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.Storage;
using Watchdog.Storage.Cluster;

namespace Watchdog.Cli.Doctor;

/// <summary>The one database: whether it answers, whether its schema is this program's, and whether its clock is the machine's.</summary>
internal static class DatabaseChecks
{
    /// <summary>Workers of one cluster tell each other dead by their clocks; the scheduler's grace for that is as long by default.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Check>> RunAsync(IServiceProvider services, CancellationToken ct)
    {
        List<Check> checks = [];
        try
        {
            var database = services.GetRequiredService<NpgsqlDataSource>();
            await using var connection = await database.OpenConnectionAsync(ct);
            checks.Add(Check.Ok("database", null, $"PostgreSQL {connection.PostgreSqlVersion} answers at {connection.Host}:{connection.Port}/{connection.Database}"));
            checks.Add(await ClockAsync(connection, services.GetRequiredService<Clocks>().Wall, ct));
            await SchemaGate.PassAsync(services, ct, withScheduler: true);
            checks.Add(Check.Ok("schema", null, "is this program's, and the scheduler's tables are there"));
        }
        catch (SchemaException e)
        {
            checks.Add(Check.Wrong("schema", null, e.Message, "watchdog migrate"));
        }
        catch (Exception e) when (e is NpgsqlException or ClusterException or SocketException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            checks.Add(Check.Wrong(checks.Count == 0 ? "database" : "schema", null, e.Message,
                "Check Storage:ConnectionString (host, name, user, password) and that the server runs; without one, that --data names a folder that may be written and that PostgreSQL is installed (scripts/bootstrap)."));
        }

        return checks;
    }

    // The one place that asks the server for its time: to compare it, not to decide by it.
    private static async Task<Check> ClockAsync(NpgsqlConnection connection, TimeProvider wall, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        await command.PrepareAsync(ct);
        var before = wall.GetUtcNow();
        var there = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(ct))!);
        var here = before + ((wall.GetUtcNow() - before) / 2);
        return ClockWords.Of("clock against the database", null, here - there, MostSkew, "the database's server");
    }
}
