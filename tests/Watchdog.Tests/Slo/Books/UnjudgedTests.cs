using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Watchdog.Slo.Books;
using static Watchdog.Tests.Slo.Books.Shelf;

namespace Watchdog.Tests.Slo.Books;

/// <summary>VMs that cannot be judged, among others that can.</summary>
public sealed class UnjudgedTests
{
    private const string Nobodys = "insert into vm_transition (instance_id, scope, at, observed_at, from_state, to_state) values ($1, 1, $2, $2, null, 'running')";

    [Fact]
    public async Task A_vm_that_is_nobodys_holds_nobody_up_and_is_judged_once_it_is_somebodys()
    {
        await using var shelf = await CreateAsync();
        await shelf.DoAsync(Nobodys, "i-0", At(0));
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 20);
        var (keeper, told) = Keeper(shelf);

        var first = await keeper.RunAsync(await shelf.FenceAsync(), At(10), default);
        await shelf.StateAsync("i-1", 12, "stopped", "Client.UserInitiatedShutdown");
        var second = await keeper.RunAsync(await shelf.FenceAsync(), At(20), default);

        Assert.Equal((1, 1, 1, 1), (first.Vms, first.PutOff, second.Vms, second.PutOff));
        Assert.Equal("i-1[0,12)ok i-1[12,)user", await shelf.IntervalsAsync());
        Assert.Equal("not judged: no row of vm_membership says whose it was; a state change", await shelf.RowsAsync("select dirty_why from slo_vm where instance_id = 'i-0'"));
        Assert.Equal(["i-0: no row of vm_membership says whose it was"], told);

        await shelf.SeenAsync(20, 30);
        await shelf.TagAsync("i-0", 0, "ann", "pro");
        var third = await keeper.RunAsync(await shelf.FenceAsync(), At(30), default);

        Assert.Equal((1, 0), (third.Vms, third.PutOff));
        Assert.StartsWith("i-0[0,)ok", await shelf.IntervalsAsync(), StringComparison.Ordinal);
        Assert.Single(told);
    }

    [Fact]
    public async Task A_vm_whose_history_cannot_be_read_is_found_among_many_and_left_alone()
    {
        await using var shelf = await CreateAsync();
        for (var i = 1; i <= 9; i++)
        {
            await shelf.StateAsync($"i-{i}", 0, "running");
        }

        await shelf.DoAsync("insert into event (at, kind, subject, data) values ($1, 'vm.status', 'i-4', '[]')", At(1));
        await shelf.DoAsync("insert into event (at, kind, subject, data) values ($1, 'vm.status', 'i-7', '[]')", At(1));
        await shelf.SeenAsync(0, 10);
        var (keeper, told) = Keeper(shelf);

        var run = await keeper.RunAsync(await shelf.FenceAsync(), At(10), default);

        Assert.Equal((7, 2), (run.Vms, run.PutOff));
        Assert.Equal("i-1[0,)ok i-2[0,)ok i-3[0,)ok i-5[0,)ok i-6[0,)ok i-8[0,)ok i-9[0,)ok", await shelf.IntervalsAsync());
        Assert.Equal(["i-4", "i-7"], told.Select(line => line[..3]));
        Assert.Equal("fleet@0:ok=35 fleet@5:ok=35", await shelf.BucketsAsync());
    }

    [Fact]
    public async Task A_lost_database_or_lease_is_nobodys_data_and_puts_nobody_off()
    {
        await using var shelf = await CreateAsync();
        await shelf.StateAsync("i-1", 0, "running");
        await shelf.SeenAsync(0, 10);
        await shelf.DoAsync("alter table slo_interval rename to away");

        await Assert.ThrowsAsync<Npgsql.PostgresException>(async () => await shelf.RunAsync(10));

        Assert.Equal("a state change", await shelf.RowsAsync("select dirty_why from slo_vm"));
    }

    [Fact]
    public void Each_try_that_fails_waits_twice_as_long_as_the_one_before_up_to_an_hour()
    {
        PutOff off = new();
        List<double> waits = [];
        var now = Start;
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(i == 0, off.Add(7, now));
            var until = now;
            while (off.At(until).Length > 0)
            {
                until = until.AddMinutes(1);
            }

            waits.Add((until - now).TotalMinutes);
            now = until;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 64, 64], waits);
        off.Judged([7]);
        Assert.True(off.Add(7, now));
    }

    private static (BookKeeper Keeper, List<string> Told) Keeper(Shelf shelf)
    {
        Told told = new();
        return (new BookKeeper(shelf.Database.Source, Options.Create(shelf.Options), told), told.Lines);
    }

    private sealed class Told : ILogger<BookKeeper>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value);
            Lines.Add($"{values["InstanceId"]}: {values["Why"]}");
        }
    }
}
