using Watchdog.Slo.Minutes;
using Watchdog.Testing;

namespace Watchdog.Tests.Slo.Minutes;

public sealed class CauseTests
{
    [Fact]
    public async Task The_table_of_causes_says_what_the_program_says()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var command = database.Source.CreateCommand("select cause, name, class from slo_cause order by cause");
        List<(Cause, string, string)> stored = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stored.Add(((Cause)reader.GetInt16(0), reader.GetString(1), reader.GetString(2)));
        }

        Assert.Equal(Causes.All.Select(cause => (cause, Causes.NameOf(cause), Causes.ClassOf(cause).ToString().ToLowerInvariant())), stored);
    }

    [Fact]
    public async Task A_month_has_its_partitions_once_and_old_months_are_dropped_whole()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ScalarAsync<object>("select slo_make_month('2026-11-01'), slo_make_month('2026-11-01'), slo_make_month('2026-12-01')");
        var december = Minute.Of(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
        await database.ExecuteAsync("insert into slo_interval (vm, from_min, to_min, grp, cause) values (1, $1, $2, 1, 1)", december, Minute.Open);
        Assert.Equal(3, await database.ScalarAsync<int>("select slo_drop_before('2026-12-01')"));
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from slo_interval"));
    }
}
