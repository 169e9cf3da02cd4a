using Watchdog.Detectors.Findings;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

/// <summary>DESIGN law 7: killed at any call, before or after its effect, and started again: done once, whole.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(FindingClass.Miner)]
    [InlineData(FindingClass.ForkBomb)]
    public async Task Killed_at_every_call_in_turn_an_act_and_its_release_still_end_exactly_as_wanted(FindingClass found)
    {
        await using var world = await World.CreateAsync(
            ("Policy:Caps:PerFiveMinutes", "1000"), ("Policy:Caps:PerHour", "1000"), ("Policy:Caps:PerOwnerAndHour", "1000"));
        foreach (var afterEffect in new[] { false, true })
        {
            for (var at = 1; at <= await RoundAsync(world, found, at, afterEffect); at++)
            {
            }
        }
    }

    [Fact]
    public async Task Killed_at_every_single_call_of_one_life_it_still_ends()
    {
        await using var world = await World.CreateAsync();
        var of = await world.AddCaseAsync("i-1", FindingClass.Miner, "alice", ["sg-a"], ["sg-b"]);
        var survived = 0;
        // Each process lives for one more mutating call and dies after its effect, before it could write that down.
        world.Ec2.After = (_, name) =>
        {
            if (name is "tag" or "protect" or "groups")
            {
                throw new KilledException();
            }
        };
        while (survived < 20 && !await TryAsync(world))
        {
            survived++;
        }

        Assert.Equal(6, survived);
        Assert.Equal(6, world.Ec2.Changes.Count);
        Assert.Equal(CaseStates.Contained, (await world.ShowAsync(of.Id)).Case.State);
    }

    /// <summary>One VM's life with a kill at the given call; returns how many calls there are to kill at.</summary>
    private static async Task<int> RoundAsync(World world, FindingClass found, int at, bool afterEffect)
    {
        var id = $"i-{found}-{at}-{afterEffect}";
        var of = await world.AddCaseAsync(id, found, "alice", ["sg-a", "sg-b"], ["sg-c"]);
        var before = world.Ec2[id];
        var calls = 0;
        Action<int, string> kill = (_, _) =>
        {
            if (++calls == at)
            {
                throw new KilledException();
            }
        };
        world.Ec2.Before = afterEffect ? null : kill;
        world.Ec2.After = afterEffect ? kill : null;

        await Killed.ReviveAsync(world);
        var contained = world.Ec2[id];
        Assert.True(
            found == FindingClass.ForkBomb ? contained.State == "stopped" : contained.Interfaces.All(i => i.Groups is ["sg-contain"]),
            $"{id}: not contained");
        await world.Get<RequestInbox>().InsertAsync(RequestKinds.Release, "ann", of.Id, null, new RequestPayload("drill"), world.Now, default);
        await Killed.ReviveAsync(world);
        var total = calls;
        (world.Ec2.Before, world.Ec2.After) = (null, null);

        var after = world.Ec2[id];
        Assert.Equal(before.Interfaces.Select(i => string.Join(',', i.Groups)), after.Interfaces.Select(i => string.Join(',', i.Groups)));
        Assert.Equal("running", after.State);
        Assert.Equal(before.Tags.OrderBy(t => t.Key), after.Tags.OrderBy(t => t.Key));
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal([ActStates.Released, ActStates.Verified], whole.Acts.Select(a => a.State));
        Assert.Equal(CaseStates.Released, whole.Case.State);
        Assert.All(whole.Steps, s => Assert.Contains(s.State, (string[])[StepStates.Done, StepStates.Skipped]));
        Assert.DoesNotContain(whole.Steps, s => s is { ExposedAt: not null, CoveredAt: null });
        Assert.Equal(1, whole.Audit.Count(a => a.What == "case.contained"));
        return total;
    }

    private static async Task<bool> TryAsync(World world)
    {
        try
        {
            await world.RunAsync();
            return true;
        }
        catch (KilledException)
        {
            return false;
        }
    }
}
