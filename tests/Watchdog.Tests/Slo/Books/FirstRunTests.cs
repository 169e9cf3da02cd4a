using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Watchdog.Slo;
using Watchdog.Slo.Books;
using Watchdog.Slo.Minutes;
using Watchdog.Storage;
using Watchdog.Testing;

namespace Watchdog.Tests.Slo.Books;

public sealed class FirstRunTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_vm_that_was_listed_in_the_first_minute_is_in_the_books_once_they_hold_one()
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync("insert into scope (key, region) values ('1/eu-west-1', 'eu-west-1')");
        await database.ExecuteAsync("insert into vm_transition (instance_id, scope, at, observed_at, to_state) select 'i-1', id, $1, $2, 'running' from scope", Begin.AddDays(-30), Begin);
        await database.ExecuteAsync("insert into vm_membership (instance_id, scope, at, owner, instance_type) select 'i-1', id, $1, 'ann', 'm5.large' from scope", Begin.AddDays(-30));
        await database.ExecuteAsync(
            "insert into scope_coverage (scope, kind, from_at, to_at, seen) select id, k, $1, $1, true from scope, (values ('inventory'), ('status')) v(k)", Begin);
        // As the news would: they come only once no older transaction runs in any database of the server.
        await database.ExecuteAsync("insert into slo_vm (instance_id, scope, dirty_min, dirty_why) select 'i-1', id, $1, 'a state change' from scope", Minute.Of(Begin.AddDays(-30)));
        var keeper = new BookKeeper(database.Source, Options.Create(new SloOptions()), NullLogger<BookKeeper>.Instance);

        // The first look proves no minute yet: the watermark stands where the books begin.
        await RunAsync(database, keeper, Begin);
        Assert.Equal((1, Minute.Of(Begin)), (
            await database.ScalarAsync<long>("select count(*) from slo_vm where dirty_min is not null"), await database.ScalarAsync<int>("select watermark_min from slo_scope")));
        await database.ExecuteAsync("update scope_coverage set to_at = $1", Begin.AddMinutes(7));
        await RunAsync(database, keeper, Begin.AddMinutes(7));

        Assert.Equal(Minute.Of(Begin) + 7, await database.ScalarAsync<int>("select watermark_min from slo_scope"));
        Assert.Equal(Minute.Of(Begin), await database.ScalarAsync<int>("select from_min from slo_interval"));
        Assert.Equal((short)Cause.Ok, await database.ScalarAsync<short>("select cause from slo_interval where to_min = 2147483647"));
    }

    private static async Task RunAsync(TestDatabase database, BookKeeper keeper, DateTimeOffset now) =>
        await keeper.RunAsync(await Leases.TakeAsync(database.Source, [Leases.Slo], "test", now, default), now, default);
}
