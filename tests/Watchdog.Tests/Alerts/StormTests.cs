using Watchdog.Alerts;
using Watchdog.Alerts.Notifications;

namespace Watchdog.Tests.Alerts;

public sealed class StormTests
{
    private const int Vms = 20_000;

    [Fact]
    public async Task Twenty_thousand_findings_in_a_minute_are_at_most_three_pages_and_the_last_state_is_right()
    {
        await using var desk = await AlertDesk.OpenAsync();
        var pipeline = desk.Pipeline();
        for (var second = 0; second < 60; second += 6)
        {
            // In gusts that grow, so that every page is soon too small.
            var (from, to) = (Share(second), Share(second + 6));
            await FindAsync(desk, "case.opened", from, to);
            await desk.RunAsync(pipeline);
            desk.Clock.Step(TimeSpan.FromSeconds(6));
        }

        await FindAsync(desk, "case.contained", 1, Vms / 2);
        foreach (var _ in Enumerable.Range(0, 10))
        {
            await desk.AfterAsync(TimeSpan.FromSeconds(30));
        }

        var told = await desk.ToldAsync();
        Assert.InRange(told.Count(one => one.Kind == NotificationKind.Page), 1, 3);
        Assert.Equal(Severity.Critical, told[^1].Severity);
        Assert.Equal((Vms / 2) + 1, told[^1].Size);
        await FindAsync(desk, "case.closed", Vms / 2, Vms);
        await desk.AfterAsync(TimeSpan.FromSeconds(10));
        await desk.AfterAsync(TimeSpan.FromMinutes(6));

        told = await desk.ToldAsync();
        Assert.Equal(
            told.Where(one => one.Kind == NotificationKind.Page).Select(one => one.DedupKey).Order(StringComparer.Ordinal),
            told.Where(one => one.Kind == NotificationKind.Resolve).Select(one => one.DedupKey).Order(StringComparer.Ordinal));
        Assert.Equal((NotificationKind.Resolve, Vms), (told[^1].Kind, told[^1].Size));
        Assert.Equal((1L, (long)Vms), (await desk.Database.ScalarAsync<long>("select count(*) from incident"), await desk.Database.ScalarAsync<long>("select count(*) from incident_member")));
        Assert.InRange(await desk.Database.ScalarAsync<long>("select count(*) from outbox"), 1, 40);
        Assert.InRange(await desk.Database.ScalarAsync<long>("select count(*) from incident_decision"), 1, 60);
        Assert.InRange(await desk.Database.ScalarAsync<int>("select max(length(body)) from outbox"), 1, 20_000);
    }

    [Fact]
    public async Task A_storm_over_many_scopes_and_classes_is_at_most_three_pages_too_and_all_of_it_is_resolved()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.Database.ExecuteAsync("insert into scope (key, region) select 'a/region-' || n, 'region-' || n from generate_series(1, 10) n");
        string[] classes = ["miner", "panic", "runaway", "forkbomb"];
        for (var second = 0; second < 60; second += 10)
        {
            for (var found = 0; found <= second / 10; found++)
            {
                // The first two alone, so that they are told before there is a storm.
                var scope = second < 20 ? 1 : 1 + found + (second / 10);
                await FindAsync(desk, "case.opened", 1 + (second * 1000) + (found * 1000), 1 + (second * 1000) + ((found + 1) * 1000), classes[found % 4], scope);
            }

            await desk.RunAsync();
            desk.Clock.Step(TimeSpan.FromSeconds(10));
        }

        foreach (var _ in Enumerable.Range(0, 30))
        {
            await desk.AfterAsync(TimeSpan.FromSeconds(10));
        }

        var told = await desk.ToldAsync();
        Assert.InRange(told.Count(one => one.Kind == NotificationKind.Page), 1, 3);
        Assert.Contains(told, one => one is { Kind: NotificationKind.Page, Key.Technique: "many", Severity: Severity.Critical } && one.Title.Contains("waves of abuse at once", StringComparison.Ordinal));
        await desk.Database.ExecuteAsync("insert into event (at, kind, subject, data) select $1, 'case.closed', subject, data from event where kind = 'case.opened'", desk.Now);
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await desk.AfterAsync(TimeSpan.FromMinutes(6));
        }

        told = await desk.ToldAsync();
        Assert.Equal(0L, await desk.Database.ScalarAsync<long>("select count(*) from incident where resolved_at is null"));
        Assert.Equal(
            told.Where(one => one.Kind == NotificationKind.Page).Select(one => one.DedupKey).Order(StringComparer.Ordinal),
            told.Where(one => one.Kind == NotificationKind.Resolve).Select(one => one.DedupKey).Order(StringComparer.Ordinal));
    }

    private static int Share(int second) => second == 0 ? 1 : (int)(Vms * Math.Pow(second / 60.0, 3)) is var share && share < 1 ? 1 : share;

    // From, to: the numbers of cases, the last one included where it is the last of all.
    private static Task<int> FindAsync(AlertDesk desk, string kind, int from, int to, string found = "miner", int scope = 1) => desk.Database.ExecuteAsync(
        """
        insert into event (at, kind, subject, data)
        select $1, $2, 'case:' || n, jsonb_build_object('case_id', n, 'instance_id', 'i-' || n, 'scope', $7::int, 'owner', 'owner-' || n % 5000, 'class', $6::text,
          'act', null, 'kind', null, 'reason', 'mining pool contacted by process ' || n, 'purpose', 'abuse')
        from generate_series($3, $4) n where n < $4 or n = $5
        """, desk.Now, kind, from, to, Vms, found, scope);
}
