using Watchdog.Http.Access;
using Watchdog.Tests.Http.Access;

namespace Watchdog.Tests.Reports.Incidents;

/// <summary>Incidents, what people do about them, and the messages to receivers.</summary>
public class IncidentPageTests
{
    [Fact]
    public async Task Open_incidents_are_listed_and_those_that_are_over_on_demand()
    {
        await using var site = await OpsSite.OpenAsync();
        await IncidentAsync(site, "abuse", "miner");
        await IncidentAsync(site, "budget", "budget");
        await site.Database.ExecuteAsync("update incident set resolved_at = $1 where kind = 'budget'", site.Now);
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, open, _) = await ann.GetAsync("/incidents");
        var (_, all, _) = await ann.GetAsync("/incidents?show=all");
        var (_, one, _) = await ann.GetAsync("/incidents?show=all&kind=budget");

        Assert.Equal(200, status);
        Assert.Contains("href=\"/incidents/1\"", open, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/incidents/2\"", open, StringComparison.Ordinal);
        Assert.DoesNotContain("/incidents/1/ack", open, StringComparison.Ordinal);
        Assert.Contains("href=\"/incidents/2\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/incidents/1\"", one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_open_is_said_so()
    {
        await using var site = await OpsSite.OpenAsync();
        using var ann = await site.BrowseAsync(Role.Viewer);

        Assert.Contains("No incident is open.", (await ann.GetAsync("/incidents")).Body, StringComparison.Ordinal);
        Assert.Contains("No message is dead", (await ann.GetAsync("/messages")).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await ann.GetAsync("/incidents/77")).Status);
    }

    [Fact]
    public async Task One_shows_its_worst_members_decisions_and_messages_and_obeys_none_of_their_texts()
    {
        await using var site = await OpsSite.OpenAsync();
        await IncidentAsync(site, "abuse", "miner");
        await site.Database.ExecuteAsync(
            """
            insert into incident_member (incident_id, member, severity, first_at, last_at, facts)
            values (1, 'case:7', 'error', $1, $1, jsonb_build_object('case_id', 7, 'instance_id', 'i-7', 'owner', 'o', 'sentence', '<img src=x onerror=y>' || chr(8238)))
            """, site.Now);
        await site.Database.ExecuteAsync("insert into incident_decision (incident_id, at, stage, outcome, reason) values (1, $1, 'dedup', 'page', 'it is new')", site.Now);
        await site.Database.ExecuteAsync("insert into outbox_channel (name) values ('alerts:pager')");
        await MessageAsync(site, "alerts:pager", "incident_1_1", "sent");
        using var ann = await site.BrowseAsync(Role.Viewer);

        var (status, body, _) = await ann.GetAsync("/incidents/1");

        Assert.Equal(200, status);
        Assert.Contains("&lt;img", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', body);
        Assert.Contains("it is new", body, StringComparison.Ordinal);
        Assert.Contains("alerts:pager", body, StringComparison.Ordinal);
        Assert.Contains("docs/runbooks/IncidentAbuse.md", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_takes_one_in_hand_once()
    {
        await using var site = await OpsSite.OpenAsync();
        await IncidentAsync(site, "abuse", "miner");
        using var bob = await site.BrowseAsync(Role.Operator, "bob");

        var (empty, _, _) = await bob.PostAsync("/incidents/1/ack", ("reason", ""));
        var (first, _, _) = await bob.PostAsync("/incidents/1/ack", ("reason", "looking"), ("back", "/incidents"));
        var (second, told, _) = await bob.PostAsync("/incidents/1/ack", ("reason", "looking"), ("back", "/incidents"));

        Assert.Equal((422, 303, 422), (empty, first, second));
        Assert.Contains("bob has it in hand already", told, StringComparison.Ordinal);
        Assert.Equal(1, await site.Database.ScalarAsync<long>("select count(*) from audit where what = 'incident.acknowledged' and actor = 'bob'"));
    }

    [Fact]
    public async Task A_silence_needs_something_that_it_is_about_a_time_and_a_reason_and_can_be_ended()
    {
        await using var site = await OpsSite.OpenAsync();
        await IncidentAsync(site, "abuse", "miner");
        using var bob = await site.BrowseAsync(Role.Operator, "bob");

        var (everything, said, _) = await bob.PostAsync("/incidents/1/silence", ("hours", "4"), ("reason", "r"));
        var (endless, _, _) = await bob.PostAsync("/incidents/1/silence", ("by", "kind"), ("hours", "9999"), ("reason", "r"));
        var (mute, _, _) = await bob.PostAsync("/incidents/1/silence", ("by", "kind"), ("hours", "4"), ("reason", ""));
        var (placed, _, _) = await bob.PostAsync("/incidents/1/silence", ("by", "kind"), ("by", "scope"), ("hours", "4"), ("reason", "known"), ("back", "/incidents"));

        Assert.Equal((422, 422, 422, 303), (everything, endless, mute, placed));
        Assert.Contains("it would match every incident", said, StringComparison.Ordinal);
        Assert.Contains("kind abuse, scope 1/eu-west-1", (await bob.GetAsync("/incidents")).Body, StringComparison.Ordinal);
        Assert.Equal(303, (await bob.PostAsync("/silences/1/end", ("back", "/incidents"))).Status);
        Assert.Equal(404, (await bob.PostAsync("/silences/1/end", ("back", "/incidents"))).Status);
        Assert.Contains("None holds", (await bob.GetAsync("/incidents")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_sends_dead_messages_anew()
    {
        await using var site = await OpsSite.OpenAsync();
        await site.Database.ExecuteAsync("insert into outbox_channel (name) values ('alerts:pager'), ('alerts:other')");
        await MessageAsync(site, "alerts:pager", "a", "dead");
        await MessageAsync(site, "alerts:pager", "b", "dead");
        await MessageAsync(site, "alerts:other", "c", "dead");
        using var eve = await site.BrowseAsync(Role.Admin);

        var (vague, _, _) = await eve.PostAsync("/messages/replay", ("channel", "alerts:pager"));
        var (unknown, _, _) = await eve.PostAsync("/messages/replay", ("channel", "alerts:pager"), ("message", "99"));
        var (all, _, _) = await eve.PostAsync("/messages/replay", ("channel", "alerts:pager"), ("message", "dead"), ("back", "/messages"));

        Assert.Equal((422, 404, 303), (vague, unknown, all));
        Assert.Equal(2, await site.Database.ScalarAsync<long>("select count(*) from outbox where state = 'waiting'"));
        Assert.Contains("alerts:other", (await eve.GetAsync("/messages?state=dead")).Body, StringComparison.Ordinal);
    }

    private static Task<int> IncidentAsync(OpsSite site, string kind, string technique) => site.Database.ExecuteAsync(
        """
        insert into incident (kind, technique, scope, severity, opened_at, settles_at, due_at, size, peak, sequence)
        values ($2, $3, '1/eu-west-1', 'error', $1, $1, $1, 1, 1, 1)
        """, site.Now, kind, technique);

    private static Task<int> MessageAsync(OpsSite site, string channel, string id, string state) => site.Database.ExecuteAsync(
        "insert into outbox (channel, message_id, subject, kind, body, created_at, due_at, state) values ($2, $3, $3, 'page', '{}', $1, $1, $4)", site.Now, channel, id, state);
}
