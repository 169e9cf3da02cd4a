using System.Text.Json;
using Watchdog.Testing;
using Xunit.Abstractions;

namespace Watchdog.Tests.Alerts.Killing;

/// <summary>
/// Workers are killed (SIGKILL) at every point of an alert's way, from the event in the log to the note that its receiver has it. Nothing is lost, what comes twice has
/// the same key, and no page comes after its end.
/// </summary>
public sealed class KilledOnTheWayTests(ITestOutputHelper output)
{
    private const int Seed = 20261122;

    // Most of the messages that are under way at once: what a kill may double.
    private const int UnderWay = 8;

    [Fact]
    public Task Workers_killed_after_the_write_and_before_the_answer_lose_nothing_and_double_only_under_the_same_key() => PlayAsync(40,
        [.. WayPoint.All.Where(point => point.Name is "write: after the commit" or "send: after the message is taken, before the answer")]);

    [Fact]
    [Trait("Category", "Drill")]
    public Task Of_a_thousand_incidents_none_is_lost_whatever_the_point_at_which_workers_are_killed() => Quick.Is
        ? PlayAsync(1_000, Sample(5))
        : PlayAsync(1_000, [.. WayPoint.All, .. WayPoint.All]);

    private static WayPoint[] Sample(int points)
    {
        WayPoint[] all = [.. WayPoint.All];
        new Random(Seed).Shuffle(all);
        return all[..points];
    }

    private async Task PlayAsync(int incidents, WayPoint[] points)
    {
        var chance = new Random(Seed);
        await using var stage = await KillStage.SetAsync();
        for (var life = 0; life < points.Length; life++)
        {
            // In each life some begin, and those of the life before are over.
            var (before, from, to) = (Share(life - 1), Share(life), Share(life + 1));
            await stage.FailAsync(from, to);
            await stage.ReleaseAsync(before, from);
            await stage.DieAsync(points[life], chance.Next(1, 1 + points[life].Most));
        }

        await stage.ReleaseAsync(Share(points.Length - 1), incidents);
        await stage.LiveAsync(async () => await stage.ScalarAsync<bool>(
            """
            select (select count(distinct technique) from incident where technique like 'drill-%') = $1
              and not exists (select 1 from incident where technique like 'drill-%' and resolved_at is null)
              and not exists (select 1 from outbox o join incident i on o.subject = 'incident:' || i.id where i.technique like 'drill-%' and o.state = 'waiting')
            """, incidents));

        var got = stage.Pager.Got.Select(body => JsonDocument.Parse(body).RootElement).Select((e, index) => (
            Action: e.GetProperty("event_action").GetString(), Key: e.GetProperty("dedup_key").GetString()!,
            What: e.TryGetProperty("payload", out var payload) ? payload.GetProperty("class").GetString() : null, Index: index)).ToList();
        var keys = got.Where(one => one.What?.StartsWith("containment/drill-", StringComparison.Ordinal) == true).GroupBy(one => one.What!)
            .ToDictionary(of => of.Key, of => of.Select(one => one.Key).Distinct().ToList());
        Assert.Equal(incidents, keys.Count);
        Assert.All(keys, of => Assert.True(of.Value.Count == 1, $"{of.Key}: {string.Join(", ", of.Value)}"));
        var told = got.ToLookup(one => one.Key);
        var all = keys.Values.Select(of => told[of[0]].ToList()).ToList();
        Assert.All(all, one => Assert.True(
            one.Where(each => each.Action == "trigger").Max(each => each.Index) < one.Where(each => each.Action == "resolve").Select(each => each.Index).DefaultIfEmpty(-1).Min(), one[0].Key));
        Assert.Empty(stage.Pager.Wrong);
        var doubled = all.Sum(one => one.Count) - (2 * incidents);
        Assert.InRange(doubled, 0, UnderWay * points.Length);
        output.Tell($"alerts' workers: killed {points.Length} times, at {points.Distinct().Count()} points of the way from the log to the note, over {incidents} incidents; "
            + $"none lost, {doubled} messages came twice under the same key");

        int Share(int life) => life <= 0 ? 0 : incidents * life / points.Length;
    }
}
