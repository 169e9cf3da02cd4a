using Watchdog.Alerts;
using Watchdog.Alerts.Muting;
using Watchdog.Alerts.Notifications;
using Watchdog.Alerts.Storing;

namespace Watchdog.Tests.Alerts;

public sealed class PipelineTests
{
    [Fact]
    public async Task Findings_of_one_kind_and_scope_are_one_page_after_half_a_minute_and_one_resolve_when_all_are_over()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.Database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, plan, state, state_since, instance_type, vcpus, launch_time, tags, first_seen, changed_at, fingerprint)
            select 'i-' || n, 1, 0, 'alice', 'pro', 'running', $1, 't3.large', 2, $1, '{}', $1, $1, 0 from generate_series(1, 3) n
            """, desk.Now);
        for (var id = 1; id <= 3; id++)
        {
            await desk.CaseAsync("case.opened", id, owner: id == 3 ? "bob" : "alice");
        }

        await desk.RunAsync();
        Assert.Empty(await desk.ToldAsync());
        await desk.ActAsync("act.applied", 1, "quarantine");
        await desk.AfterAsync(TimeSpan.FromSeconds(31));
        var page = Assert.Single(await desk.ToldAsync());
        Assert.Equal((NotificationKind.Page, 3, 2, Severity.Error, "eu-west-1", 1), (page.Kind, page.Size, page.Owners, page.Severity, page.Region, page.Generation));
        Assert.Equal($"3 VMs with signs of cryptocurrency mining in {AlertDesk.Ireland}", page.Title);
        Assert.Equal([new("alice", 2), new("bob", 1)], page.ByOwner);
        Assert.Equal([new("t3.large", 3)], page.ByType);
        Assert.Equal(["1 VM: quarantined"], page.Done);
        Assert.True(page.Undoable);
        Assert.Equal(3 * 0.0912m, page.UsdPerHour);
        Assert.Equal(3, page.Worst.Count);
        Assert.Contains("evidence of case 1", page.Summary, StringComparison.Ordinal);

        await desk.CaseAsync("case.contained", 1);
        await desk.CaseAsync("case.closed", 2);
        await desk.AfterAsync(TimeSpan.FromMinutes(2));
        await desk.CaseAsync("case.released", 3);
        await desk.AfterAsync(TimeSpan.FromMinutes(4));
        await desk.AfterAsync(TimeSpan.FromMinutes(6));
        await desk.AfterAsync(TimeSpan.FromMinutes(6));
        var told = await desk.ToldAsync();
        Assert.Equal([NotificationKind.Page, NotificationKind.Update, NotificationKind.Resolve], told.Select(one => one.Kind));
        Assert.Equal([1, 2, 3], told.Select(one => one.Sequence));
        Assert.Single(told.Select(one => one.DedupKey).Distinct());
        Assert.Equal((3, "alerts:pager"), (told[^1].Size, await desk.Database.ScalarAsync<string>("select distinct channel from outbox where channel like '%pager'")));
        Assert.Equal(told.Select(one => one.MessageId), (await desk.ToldAsync("chat")).Select(one => one.MessageId));
    }

    [Fact]
    public async Task A_failing_act_pages_again_under_a_new_key_and_the_old_one_is_resolved()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.CaseAsync("case.opened", 1);
        await desk.RunAsync();
        await desk.AfterAsync(TimeSpan.FromSeconds(30));
        await desk.AfterAsync(TimeSpan.FromMinutes(5));
        await desk.ActAsync("act.failed", 1, "quarantine");
        await desk.RunAsync();
        var told = (await desk.ToldAsync()).Where(one => one.Key.Kind == IncidentKinds.Abuse).ToList();
        Assert.Equal([(NotificationKind.Page, 1), (NotificationKind.Page, 2), (NotificationKind.Resolve, 1)], told.Select(one => (one.Kind, one.Generation)));
        Assert.True(told[1].Failing);
        Assert.Equal("an act on it fails", told[1].Reason);
    }

    [Fact]
    public async Task What_a_worker_did_not_commit_the_next_one_does_once()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.CaseAsync("case.opened", 1);
        await desk.RunAsync();
        await desk.CaseAsync("case.opened", 2);
        desk.Clock.Step(TimeSpan.FromSeconds(31));
        desk.Names.FailNext = 1;
        await Assert.ThrowsAsync<IOException>(() => desk.RunAsync());
        Assert.Equal((0L, 1L), (await desk.Database.ScalarAsync<long>("select count(*) from outbox"), await desk.Database.ScalarAsync<long>("select count(*) from incident_member")));
        await desk.RunAsync();
        await desk.RunAsync();
        Assert.Equal(2, Assert.Single(await desk.ToldAsync()).Size);
    }

    [Fact]
    public async Task A_worker_that_dies_after_every_second_event_leaves_what_one_that_never_dies_does()
    {
        string[] stored = [await PlayAsync(dies: false), await PlayAsync(dies: true)];
        Assert.Equal(stored[0], stored[1]);

        static async Task<string> PlayAsync(bool dies)
        {
            await using var desk = await AlertDesk.OpenAsync();
            (string What, long Id, string? Act)[] events =
            [
                ("case.opened", 1, null), ("case.opened", 2, null), ("act.failed", 1, "quarantine"), ("case.joined", 2, null), ("act.applied", 1, "stop"), ("case.contained", 1, null),
                ("case.opened", 3, null), ("case.closed", 3, null), ("act.verified", 1, "stop"), ("case.clock_due", 1, null), ("case.released", 1, null), ("case.opened", 4, null),
            ];
            for (var at = 0; at < events.Length; at++)
            {
                var (what, id, act) = events[at];
                var found = what == "case.joined" ? "panic" : "miner";
                await (act is null ? desk.CaseAsync(what, id, found) : desk.ActAsync(what, id, act));
                desk.Clock.Step(TimeSpan.FromSeconds(31));
                if (dies)
                {
                    desk.Names.FailNext = at % 2;
                    await Record.ExceptionAsync(() => desk.RunAsync());
                }
            }

            desk.Names.FailNext = 0;
            await desk.RunAsync();
            return await desk.Database.ScalarAsync<string>(
                """
                select string_agg(concat_ws(' ', i.kind, i.technique, m.member, m.severity, m.first_at, m.last_at, m.cleared_at, m.facts), E'\n' order by i.kind, i.technique, m.member)
                from incident_member m join incident i on i.id = m.incident_id
                """);
        }
    }

    [Fact]
    public async Task Two_workers_at_once_tell_each_page_once()
    {
        await using var desk = await AlertDesk.OpenAsync();
        for (var id = 1; id <= 40; id++)
        {
            await desk.CaseAsync("case.opened", id, id % 2 == 0 ? "miner" : "panic", scope: (short)(1 + id % 2));
        }

        await desk.VisibleAsync();
        var (one, other) = (desk.Pipeline(), desk.Pipeline());
        await Task.WhenAll(one.RunAsync(default), other.RunAsync(default));
        desk.Clock.Step(TimeSpan.FromSeconds(31));
        await Task.WhenAll(one.RunAsync(default), other.RunAsync(default), one.RunAsync(default), other.RunAsync(default));
        Assert.Equal([20, 20], (await desk.ToldAsync()).Select(page => page.Size));
        Assert.Equal(2, (await desk.ToldAsync()).Select(page => page.DedupKey).Distinct().Count());
    }

    [Fact]
    public async Task A_clock_that_steps_back_and_forth_loses_and_doubles_nothing()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.CaseAsync("case.opened", 1);
        await desk.RunAsync();
        foreach (var step in (int[])[-7200, 20, 20, 9000, -3600, 31])
        {
            await desk.AfterAsync(TimeSpan.FromSeconds(step));
        }

        Assert.Single((await desk.ToldAsync()), one => one.Kind == NotificationKind.Page);
        await desk.CaseAsync("case.closed", 1);
        foreach (var step in (int[])[1, -7200, 200, 200, 200])
        {
            await desk.AfterAsync(TimeSpan.FromSeconds(step));
        }

        Assert.Single((await desk.ToldAsync()), one => one.Kind == NotificationKind.Resolve);
    }

    [Fact]
    public async Task A_flap_within_the_quiet_period_reopens_silently()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.EventAsync("brake.on", "brake", """{"reason":"too many candidates","actor":"watchdog","cause":"candidates"}""");
        await desk.RunAsync();
        await desk.EventAsync("brake.off", "brake", """{"reason":"a wave","actor":"ann"}""");
        await desk.AfterAsync(TimeSpan.FromMinutes(2));
        await desk.EventAsync("brake.on", "brake", """{"reason":"too many candidates","actor":"watchdog","cause":"candidates"}""");
        await desk.AfterAsync(TimeSpan.FromMinutes(2));
        await desk.AfterAsync(TimeSpan.FromMinutes(20));
        Assert.Equal([NotificationKind.Page], (await desk.ToldAsync()).Select(one => one.Kind));
    }

    [Fact]
    public async Task A_silenced_incident_is_kept_and_told_when_the_silence_ends()
    {
        await using var desk = await AlertDesk.OpenAsync();
        var id = await SilenceBook.AddAsync(desk.Database.Source, new Matcher { Owner = "alice" }, "a course", "ann", desk.Now, desk.Now.AddHours(1), default);
        await desk.CaseAsync("case.opened", 1);
        await desk.RunAsync();
        await desk.AfterAsync(TimeSpan.FromMinutes(10));
        Assert.Empty(await desk.ToldAsync());
        Assert.Equal("silence 1 by ann: a course", await desk.Database.ScalarAsync<string>("select reason from incident_decision where stage = 'mute'"));
        Assert.True(await SilenceBook.EndAsync(desk.Database.Source, id, "ann", desk.Now, default));
        await desk.AfterAsync(TimeSpan.FromMinutes(2));
        Assert.Single(await desk.ToldAsync());
    }

    [Fact]
    public async Task Of_an_incident_of_which_most_are_silenced_the_others_are_told_and_all_when_the_silences_end()
    {
        await using var desk = await AlertDesk.OpenAsync();
        var ends = desk.Now.AddHours(1);
        var id = await SilenceBook.AddAsync(desk.Database.Source, new Matcher { Kind = IncidentKinds.Abuse, Owner = "acme" }, "a course", "ann", desk.Now, ends, default);
        for (var vm = 1; vm <= 60; vm++)
        {
            await desk.CaseAsync("case.opened", vm, owner: vm > 57 ? "bob" : "acme");
        }

        await desk.RunAsync();
        await desk.AfterAsync(TimeSpan.FromSeconds(31));
        var page = Assert.Single(await desk.ToldAsync());
        Assert.Equal((3, 1, Severity.Error), (page.Size, page.Owners, page.Severity));
        Assert.Equal(["bob"], page.Worst.Select(one => one.Owner).Distinct());
        Assert.Contains("57 more are silenced.", page.Summary, StringComparison.Ordinal);

        // With bob's silence each of them is silenced, and nobody is told that it is over.
        await SilenceBook.AddAsync(desk.Database.Source, new Matcher { Owner = "bob" }, "a course, too", "ann", desk.Now, ends, default);
        await desk.AfterAsync(TimeSpan.FromMinutes(20));
        Assert.Single(await desk.ToldAsync());
        Assert.Equal("silences hold for each of its members", await desk.Database.ScalarAsync<string>("select reason from incident_decision where stage = 'mute' order by id desc limit 1"));

        Assert.True(await SilenceBook.EndAsync(desk.Database.Source, id, "ann", desk.Now, default));
        await desk.AfterAsync(TimeSpan.FromMinutes(2));
        var again = (await desk.ToldAsync())[1];
        Assert.Equal((NotificationKind.Page, 57, Severity.Critical), (again.Kind, again.Size, again.Severity));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_holds_up_none_behind_it()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.EventAsync("case.opened", "case:1", """{"case_id":"seventeen"}""");
        await desk.CaseAsync("case.opened", 2);
        await desk.RunAsync();
        await desk.AfterAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(1, Assert.Single(await desk.ToldAsync()).Size);
    }

    [Fact]
    public async Task What_ended_long_ago_is_dropped_in_batches_and_what_is_open_stays()
    {
        await using var desk = await AlertDesk.OpenAsync();
        await desk.CaseAsync("case.opened", 1);
        await desk.CaseAsync("case.opened", 2, "panic");
        await desk.RunAsync();
        await desk.AfterAsync(TimeSpan.FromSeconds(31));
        await desk.CaseAsync("case.closed", 1);
        await desk.AfterAsync(TimeSpan.FromMinutes(1));
        await desk.AfterAsync(TimeSpan.FromMinutes(6));
        await desk.Database.ExecuteAsync("update outbox set state = 'sent', done_at = $1 where kind = 'resolve'", desk.Now);
        Assert.Equal(3, await Retention.RunAsync(desk.Database.Source, desk.Now.AddDays(1), desk.Now.AddDays(1), default));
        Assert.Equal("panic", await desk.Database.ScalarAsync<string>("select technique from incident"));
        Assert.Equal(1L, await desk.Database.ScalarAsync<long>("select count(*) from incident_member"));
    }
}
