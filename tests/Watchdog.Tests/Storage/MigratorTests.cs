using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Storage;

public sealed class MigratorTests : IAsyncLifetime
{
    private static readonly Migration First = Migration.Parse("0001_first.sql", "create table a (x integer); insert into a values (1);");
    private static readonly Migration Second = Migration.Parse("0002_second.sql", "insert into a values (2);");
    private static readonly Migration Broken = Migration.Parse("0002_broken.sql", "insert into a values (3); select 1 / 0;");
    private readonly ManualTime clock = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateEmptyAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task A_fresh_database_gets_every_migration_in_order()
    {
        var applied = await Migrator(First, Second).MigrateAsync(default);

        Assert.Equal([First, Second], applied);
        Assert.Equal(3, await database.ScalarAsync<long>("select sum(x) from a"));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from schema_version where applied_at = $1", clock.GetUtcNow()));
        await Migrator(First, Second).VerifyAsync(default);
    }

    [Fact]
    public async Task A_rerun_applies_nothing()
    {
        await Migrator(First, Second).MigrateAsync(default);

        Assert.Empty(await Migrator(First, Second).MigrateAsync(default));
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from a"));
    }

    [Fact]
    public async Task Six_migrators_at_once_apply_each_step_once()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Migrator(First, Second).MigrateAsync(default))));

        Assert.Equal([1, 2], all.SelectMany(a => a).Select(m => m.Version).Order());
        Assert.Equal(2, await database.ScalarAsync<long>("select count(*) from a"));
    }

    [Fact]
    public async Task A_failing_step_leaves_the_steps_before_it_and_nothing_of_itself()
    {
        await Assert.ThrowsAsync<PostgresException>(() => Migrator(First, Broken).MigrateAsync(default));

        Assert.Equal(1, await database.ScalarAsync<long>("select sum(x) from a"));
        Assert.Equal(1, await database.ScalarAsync<int>("select max(version) from schema_version"));
    }

    [Fact]
    public async Task A_changed_text_is_refused()
    {
        await Migrator(First).MigrateAsync(default);
        var changed = Migration.Parse("0001_first.sql", First.Sql + " -- harmless?");

        var refusal = await Assert.ThrowsAsync<SchemaException>(() => Migrator(changed, Second).MigrateAsync(default));

        Assert.Contains("0001_first", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from a"));
        await Assert.ThrowsAsync<SchemaException>(() => Migrator(changed).VerifyAsync(default));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_by_name()
    {
        await Migrator(First, Second).MigrateAsync(default);

        var refusal = await Assert.ThrowsAsync<SchemaException>(() => Migrator(First).MigrateAsync(default));

        Assert.Contains("version 2 (second), newer", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SchemaException>(() => Migrator(First).VerifyAsync(default));
    }

    [Fact]
    public async Task An_older_program_runs_on_a_newer_schema_until_a_migration_says_that_it_may_not()
    {
        var floor = Migration.Parse("0002_floor.sql", "create table schema_floor (migration integer not null); insert into schema_floor values (2)");
        var adds = Migration.Parse("0003_adds.sql", "alter table a add column y integer");
        var breaks = Migration.Parse("0004_breaks.sql", "alter table a drop column x; update schema_floor set migration = 4");
        await Migrator(First, floor, adds).MigrateAsync(default);

        await Migrator(First, floor).VerifyAsync(default);
        Assert.Empty(await Migrator(First, floor).MigrateAsync(default));
        await Assert.ThrowsAsync<SchemaException>(() => Migrator(First).VerifyAsync(default));

        await Migrator(First, floor, adds, breaks).MigrateAsync(default);
        var refusal = await Assert.ThrowsAsync<SchemaException>(() => Migrator(First, floor, adds).VerifyAsync(default));
        Assert.Contains("version 4 (breaks), newer than this program's 3, and since version 4 older programs may not run on it: run the newer watchdog",
            refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_next_version_adds_to_this_schema_lets_this_program_run_on()
    {
        await Migrator([.. Migration.Embedded]).MigrateAsync(default);
        Assert.InRange(await database.ScalarAsync<int>("select migration from schema_floor"), 16, Migration.Embedded[^1].Version);
        var next = Migration.Parse($"{Migration.Embedded[^1].Version + 1:D4}_next.sql", "alter table vm add column note text");
        await Migrator([.. Migration.Embedded, next]).MigrateAsync(default);

        await Migrator([.. Migration.Embedded]).VerifyAsync(default);
    }

    [Fact]
    public async Task A_worker_refuses_an_absent_and_an_older_schema_and_names_the_cure()
    {
        var absent = await Assert.ThrowsAsync<SchemaException>(() => Migrator(First).VerifyAsync(default));
        await Migrator(First).MigrateAsync(default);
        var older = await Assert.ThrowsAsync<SchemaException>(() => Migrator(First, Second).VerifyAsync(default));

        Assert.Contains("run `watchdog migrate`", absent.Message, StringComparison.Ordinal);
        Assert.Contains("0002_second", older.Message, StringComparison.Ordinal);
        Assert.Contains("run `watchdog migrate`", older.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hole_in_the_history_is_refused()
    {
        var state = SchemaState.Compare([new(2, Second.Name, Second.Sha256)], [First, Second]);

        Assert.Contains("0001_first is missing", state.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_do_not_change_a_checksum()
    {
        Assert.Equal(Migration.Parse("0003_x.sql", "a\nb\n").Sha256, Migration.Parse("0003_x.sql", "a\r\nb\r\n").Sha256);
    }

    [Fact]
    public void The_embedded_migrations_are_numbered_without_gaps()
    {
        Assert.NotEmpty(Migration.Embedded);
        Assert.Equal(Enumerable.Range(1, Migration.Embedded.Count), Migration.Embedded.Select(m => m.Version));
    }

    private Migrator Migrator(params Migration[] known) => new(database.Source, known, clock, NullLogger<Migrator>.Instance);
}
