using Microsoft.AspNetCore.Http;
using Npgsql;
using Watchdog.Ledger;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;

namespace Watchdog.Tests.Alerts.Killing;

/// <summary>A database with a proxy before it and a stand-in for PagerDuty, between which real workers (<c>watchdog run</c>) live and die.</summary>
internal sealed class KillStage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly TestDatabase database;
    private readonly CommitProxy proxy;
    private readonly Dictionary<string, string> environment;

    private KillStage(TestDatabase database, StandIn pager)
    {
        (this.database, Pager) = (database, pager);
        proxy = new CommitProxy(database.ConnectionString);
        environment = BuiltProgram.On("http://127.0.0.1:1", proxy.ConnectionString,
            ("Alerts__Receivers__pager__Type", "pagerduty"), ("Alerts__Receivers__pager__Url", pager.Url.ToString()), ("Alerts__Receivers__pager__Secret", StandIn.RoutingKey),
            ("Alerts__Receivers__pager__AllowHttp", "true"), ("Alerts__Receivers__pager__AllowPrivateAddresses", "true"), ("Alerts__Receivers__pager__TimeoutSeconds", "2"),
            ("Alerts__Incidents__QuietPeriod", "00:00:00"));
    }

    public StandIn Pager { get; }

    public static async Task<KillStage> SetAsync()
    {
        var stage = new KillStage(await TestDatabase.CreateAsync(), await StandIn.OpenAsync("pagerduty"));
        // The test's database has no scheduler's tables.
        (await BuiltProgram.RunAsync(stage.environment, "migrate")).With(0);
        // Nobody waits half a minute in each life: every other incident settles at once, so that it is opened and told in one transaction, the rest after two seconds.
        await stage.database.ExecuteAsync(
            """
            create function settle_soon() returns trigger language plpgsql as $$ begin
              new.settles_at := new.opened_at + case when right(new.technique, 1) in ('0', '2', '4', '6', '8') then interval '0' else interval '2 seconds' end;
              new.due_at := new.settles_at;
              return new; end $$;
            create trigger settle_soon before insert on incident for each row execute function settle_soon();
            """);
        // The log is read from the first life on.
        await stage.LiveAsync(async () => await stage.ScalarAsync<long>("select count(*) from outbox_channel where name = 'alerts' and cursor_xid is not null") == 1);
        return stage;
    }

    /// <summary>Acts that fail, each a matter of its own: as many incidents.</summary>
    public Task FailAsync(int from, int to) => EventAsync("act.failed", from, to);

    /// <summary>They are released: the incidents are over.</summary>
    public Task ReleaseAsync(int from, int to) => EventAsync("act.released", from, to);

    /// <summary>A worker that is killed at a point of its life.</summary>
    /// <param name="number">The how-manieth of the life.</param>
    public async Task DieAsync(WayPoint at, int number)
    {
        var seen = 0;
        var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var born = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Meets = async met => !(at.Wire?.Invoke(met) == true && await StrikeAsync()) && !dead.Task.IsCompleted;
        Pager.Arriving = async context =>
        {
            if (at.Receiver == Seen.Comes && await StrikeAsync())
            {
                context.Abort();
            }
        };
        Pager.Instead = async context =>
        {
            if (at.Receiver == Seen.Taken && await StrikeAsync())
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = 202;
            if (at.Receiver == Seen.Answered)
            {
                context.Response.OnCompleted(StrikeAsync);
            }

            await context.Response.WriteAsync("""{"status":"success"}""");
        };
        try
        {
            await using var worker = BuiltProgram.Start(["run"], environment);
            born.SetResult(worker);
            await Task.WhenAny(dead.Task, Task.Delay(Patience, TimeProvider.System));
            Assert.True(dead.Task.IsCompleted, $"'{at.Name}' {number} never came:\n{worker.Said}");
        }
        finally
        {
            (proxy.Meets, Pager.Arriving, Pager.Instead) = (null, null, null);
        }

        async Task<bool> StrikeAsync()
        {
            if (Interlocked.Increment(ref seen) != number)
            {
                return false;
            }

            await (await born.Task).KillAsync();
            dead.TrySetResult();
            return true;
        }
    }

    /// <summary>A worker that lives until something is so.</summary>
    public async Task LiveAsync(Func<Task<bool>> until)
    {
        await using var worker = BuiltProgram.Start(["run"], environment);
        var since = TimeProvider.System.GetTimestamp();
        while (!await until())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(5), worker.Said);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    public Task<T> ScalarAsync<T>(string sql, params object[] values) => database.ScalarAsync<T>(sql, values);

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await Pager.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await database.DisposeAsync();
    }

    private async Task EventAsync(string kind, int from, int to)
    {
        var note = LedgerJson.Write(new Note(0, "i-0", 0, "ann", "miner", 1, "drill-", "a drill"));
        await database.ExecuteAsync(
            """
            insert into event (at, kind, subject, data)
            select $1, $2, 'case:' || n, $3::jsonb || jsonb_build_object('case_id', n, 'instance_id', 'i-' || n, 'kind', 'drill-' || n) from generate_series($4, $5) n
            """, TimeProvider.System.GetUtcNow(), kind, note, from, to - 1);
    }
}
