using Npgsql;
using Watchdog.Testing;

namespace Watchdog.Tests.Dashboards;

/// <summary>Every statement of every board, on a database with the current schema.</summary>
public sealed class SqlPanelTests
{
    private static readonly DateTimeOffset To = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_statement_is_planned_and_runs_on_the_current_schema()
    {
        await using var database = await TestDatabase.CreateAsync();
        var statements = DashboardFolder.Sql().ToList();
        Assert.True(statements.Count >= 30);
        foreach (var (where, sql) in statements)
        {
            var asked = GrafanaText.Sql(sql, To);
            try
            {
                Assert.NotEmpty(await ColumnsAsync(database, "explain " + asked));
                Assert.NotEmpty(await ColumnsAsync(database, asked));
            }
            catch (PostgresException wrong)
            {
                Assert.Fail($"{where}: {wrong.MessageText}\n{asked}");
            }
        }
    }

    [Fact]
    public async Task A_curve_from_sql_has_a_time_a_name_and_a_value()
    {
        await using var database = await TestDatabase.CreateAsync();
        foreach (var (where, target) in DashboardFolder.Targets().Where(of => of.Target.TryGetProperty("rawSql", out _) && of.Target.Text("format") == "time_series"))
        {
            Assert.True((await ColumnsAsync(database, GrafanaText.Sql(target.Text("rawSql"), To))).SequenceEqual(["time", "metric", "value"]), where);
        }
    }

    [Fact]
    public void No_statement_changes_anything_or_asks_the_server_for_the_time() => Assert.All(
        DashboardFolder.Sql(), of => Assert.DoesNotMatch(@"(?i)\b(insert|update|delete|truncate|alter|drop|create|now\(\)|current_timestamp)\b", of.Sql));

    private static async Task<string[]> ColumnsAsync(TestDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        while (await reader.ReadAsync())
        {
            // To the end: a fault may come with a row.
        }

        return columns;
    }
}
