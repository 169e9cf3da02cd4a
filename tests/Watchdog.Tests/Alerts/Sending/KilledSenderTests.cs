using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Watchdog.Alerts.Notifications;
using Watchdog.Testing;
using Watchdog.Tests.Alerts.Receivers;
using Xunit.Abstractions;

namespace Watchdog.Tests.Alerts.Sending;

/// <summary>
/// A real worker is killed (SIGKILL) between a receiver's reading of a message and its answer, or between the answer and the note of it. Nothing is lost, what comes
/// twice has the same key, and no page comes after its end.
/// </summary>
public sealed class KilledSenderTests(ITestOutputHelper output)
{
    private const long First = 1_000_000;

    [Fact]
    public Task A_worker_killed_while_it_sends_loses_nothing_and_doubles_only_under_the_same_key() => PlayAsync(40, 2);

    [Fact]
    [Trait("Category", "Drill")]
    public Task Of_a_thousand_incidents_none_is_lost_however_often_the_worker_is_killed() => PlayAsync(1_000, Quick.Is ? 4 : 12);

    private async Task PlayAsync(int incidents, int kills)
    {
        var chance = new Random(20261122);
        await using var database = await TestDatabase.CreateAsync();
        await using var pager = await StandIn.OpenAsync("pagerduty");
        var environment = BuiltProgram.On("http://127.0.0.1:1", database.ConnectionString,
            ("Alerts__Receivers__pager__Type", "pagerduty"), ("Alerts__Receivers__pager__Url", pager.Url.ToString()), ("Alerts__Receivers__pager__Secret", StandIn.RoutingKey),
            ("Alerts__Receivers__pager__AllowHttp", "true"), ("Alerts__Receivers__pager__AllowPrivateAddresses", "true"), ("Alerts__Receivers__pager__TimeoutSeconds", "2"));
        // The test's database has no scheduler's tables.
        (await BuiltProgram.RunAsync(environment, "migrate")).With(0);
        await PutAsync(database, incidents);
        for (var kill = 0; kill < kills; kill++)
        {
            var (seen, at, answered) = (0, chance.Next(3, 2 * incidents / (kills + 1)), kill % 2 == 1);
            var dead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var started = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
            pager.Instead = async context =>
            {
                var mine = Interlocked.Increment(ref seen);
                if (mine == at && !answered)
                {
                    await KillAsync();
                    context.Abort();
                    return;
                }

                context.Response.StatusCode = 202;
                if (mine == at)
                {
                    context.Response.OnCompleted(KillAsync);
                }

                await context.Response.WriteAsync("""{"status":"success"}""");
            };
            await using var worker = BuiltProgram.Start(["run"], environment);
            started.SetResult(worker);
            await Task.WhenAny(dead.Task, Task.Delay(TimeSpan.FromSeconds(60), TimeProvider.System));
            Assert.True(dead.Task.IsCompleted, worker.Said);

            async Task KillAsync()
            {
                await (await started.Task).KillAsync();
                dead.TrySetResult();
            }
        }

        pager.Instead = null;
        await using (var worker = BuiltProgram.Start(["run"], environment))
        {
            for (var asked = 0; await database.ScalarAsync<long>("select count(*) from outbox where subject >= 'incident:1000000' and state = 'waiting'") > 0; asked++)
            {
                Assert.True(asked < 1_200, $"messages still wait:\n{worker.Said}");
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            }
        }

        var got = pager.Got.Select(body => JsonDocument.Parse(body).RootElement)
            .Select((e, index) => (Action: e.GetProperty("event_action").GetString(), Key: e.GetProperty("dedup_key").GetString()!, Index: index))
            .Where(one => one.Key.StartsWith("watchdog-1000", StringComparison.Ordinal)).ToLookup(one => one.Key);
        Assert.Equal(incidents, got.Count);
        foreach (var one in got)
        {
            Assert.Contains(one, told => told.Action == "trigger");
            Assert.True(one.Where(told => told.Action == "trigger").Max(told => told.Index) < one.Where(told => told.Action == "resolve").Min(told => told.Index), one.Key);
        }

        Assert.Empty(pager.Wrong);
        var doubled = got.Sum(one => one.Count()) - (2 * incidents);
        Assert.InRange(doubled, 0, 8 * kills);
        output.Tell($"senders killed: {kills} times over {incidents} incidents; none lost, {doubled} messages came twice under the same key");
    }

    private static async Task PutAsync(TestDatabase database, int incidents)
    {
        for (var incident = First; incident < First + incidents; incident++)
        {
            var (page, resolve) = (Sample.Of(incident: incident), Sample.Of(NotificationKind.Resolve, incident, sequence: 2));
            await database.ExecuteAsync(
                """
                insert into outbox (channel, message_id, subject, kind, body, created_at, due_at)
                values ('alerts:pager', $1, $3, 'page', $4, $6, $6), ('alerts:pager', $2, $3, 'resolve', $5, $6, $6)
                """, page.MessageId, resolve.MessageId, $"incident:{incident}", NotificationJson.Write(page), NotificationJson.Write(resolve), Sample.At);
        }
    }
}
