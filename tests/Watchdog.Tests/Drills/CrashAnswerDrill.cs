using Watchdog.FleetSim.Failing;
using Watchdog.Ledger;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>Answers that are lost after the effect, and a second call that AWS throttles or lets hang while the interface stands open.</summary>
public sealed class CrashAnswerDrill(ITestOutputHelper output)
{
    [Fact]
    [Trait("Category", "Drill")]
    public async Task The_answer_to_any_change_may_be_lost_and_the_act_is_done_once()
    {
        // Tag, two protections, and two groups on each of four interfaces.
        const int changes = 11;
        await using var stage = await CrashStage.SetAsync(changes + 1);
        var round = new CrashRound(stage, ActKinds.Quarantine, more: 2);
        List<CrashSubject> subjects = [];
        foreach (var id in stage.Region.Ids.Take(changes))
        {
            subjects.Add(await round.BeginAsync(id));
        }

        var acts = await LoseAsync(stage, subjects);
        foreach (var of in subjects)
        {
            await round.AssertDoneAsync(of, null);
            await stage.AskAsync(RequestKinds.Release, of.CaseId);
        }

        var releases = await LoseAsync(stage, subjects);
        foreach (var of in subjects)
        {
            await round.AssertReleasedAsync(of, null);
        }

        output.Tell($"{acts + releases} answers lost after their effect, over {stage.Lives} lives: {acts} of acts, {releases} of releases.");
        Assert.Equal((changes, 7), (acts, releases));
    }

    public static TheoryData<FaultKind> Faults => Quick.Is ? [FaultKind.Throttle] : [FaultKind.Throttle, FaultKind.Hang];

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Category", "Drill")]
    public async Task A_containment_call_that_does_not_succeed_gives_the_old_groups_back_in_time_and_the_act_succeeds_later(FaultKind fault)
    {
        await using var stage = await CrashStage.SetAsync(3);
        var round = new CrashRound(stage, ActKinds.Quarantine, more: 4);
        var of = await round.BeginAsync(stage.Region.Ids[0]);
        stage.Region.Faults.HangFor = TimeSpan.FromSeconds(30);
        long opened = 0;
        var hung = false;
        stage.Region.After = seen =>
        {
            opened = opened == 0 && seen.Action == "ec2:ModifyNetworkInterfaceAttribute" ? TimeProvider.System.GetTimestamp() : opened;
            return default;
        };
        stage.Region.Before = seen =>
        {
            // A hang holds the one containment call; throttling meets each of them until the five seconds are over, and the first way back.
            var meets = opened > 0 && !hung && seen.Action == "ec2:ModifyNetworkInterfaceAttribute"
                && (fault == FaultKind.Hang || TimeProvider.System.GetElapsedTime(opened) < TimeSpan.FromSeconds(5.5));
            hung |= meets && fault == FaultKind.Hang;
            return new(meets ? fault : FaultKind.None);
        };

        (await stage.LiveAsync()).With(0);

        await round.AssertDoneAsync(of, null);
        var conversion = await stage.Region.OfRoleAsync("conversion");
        var history = stage.Region.Changes.Where(change => change.Groups is not null).ToList();
        var card = of.Groups.Keys.Single(id => conversion.Contains(history[0].Groups![id]));
        Assert.Equal(of.Groups[card], history[1].Groups![card]);
        var open = history[1].At - history[0].At;
        output.Tell($"{fault} of the containment call: the interface was open for {open.TotalSeconds:F1} s");
        Assert.InRange(open, TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(10));
        Assert.Equal(1, await stage.ScalarAsync<long>("select count(*) from event where kind = 'interface.exposed' and (data ->> 'seconds')::double precision > 5"));
    }

    // One life in which the k-th VM loses the answer to its k-th change; how many were lost.
    private static async Task<int> LoseAsync(CrashStage stage, List<CrashSubject> subjects)
    {
        var seenOf = subjects.ToDictionary(of => of.Id, _ => 0);
        var lost = 0;
        stage.Region.Before = seen =>
        {
            lock (seenOf)
            {
                var home = stage.Region.HomeOf(seen);
                var number = ++seenOf[home];
                var loses = number == subjects.FindIndex(of => of.Id == home) + 1;
                lost += loses ? 1 : 0;
                return new(loses ? FaultKind.LateDrop : FaultKind.None);
            }
        };
        (await stage.LiveAsync()).With(0);
        stage.Region.Before = null;
        return lost;
    }
}
