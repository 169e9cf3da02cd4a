using Watchdog.Ledger;

namespace Watchdog.Tests.Drills;

/// <summary>A worker that stands still (SIGSTOP) while an interface is open, past its lease: its heir finishes, and the zombie may at most repeat one idempotent call.</summary>
public sealed class CrashPauseDrill
{
    private const string Ledger =
        """
        select (select count(*) from event) || ' ' || (select count(*) from audit) || ' ' || (select sum(version) from case_file) || ' '
          || (select string_agg(concat_ws(',', id, state, due_at, attempts, detail, done_at), ';' order by id) from act) || ' '
          || (select string_agg(concat_ws(',', id, state, attempts, started_at, called_at, done_at, exposed_at, covered_at, detail), ';' order by id) from step)
        """;

    // Seconds between the heir's end and the zombie's: within the five that an exposure may last the zombie still means to contain; after them it means to put the old groups back.
    public static TheoryData<int> Pauses => Quick.Is ? [7] : [0, 7];

    [Theory]
    [MemberData(nameof(Pauses))]
    [Trait("Category", "Drill")]
    public async Task A_worker_paused_between_the_two_groups_past_its_lease_writes_nothing_and_undoes_nothing(int seconds)
    {
        await using var stage = await CrashStage.SetAsync(3);
        var round = new CrashRound(stage, ActKinds.Quarantine);
        var of = await round.BeginAsync(stage.Region.Ids[0]);
        var paused = new TaskCompletionSource();
        var zombie = stage.Begin();
        await using var _ = zombie;
        stage.Region.After = async seen =>
        {
            if (seen.Action == "ec2:ModifyNetworkInterfaceAttribute" && !paused.Task.IsCompleted)
            {
                await zombie.PauseAsync();
                paused.SetResult();
            }
        };
        await paused.Task.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        stage.Region.After = null;

        (await stage.LiveAsync()).With(0);
        await round.AssertDoneAsync(of, null);
        var (contained, changes, ledger) = (await stage.Region.GroupsAsync(of.Id), stage.Region.Changes.Count, await stage.ScalarAsync<string>(Ledger));
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        await zombie.ResumeAsync();
        (await zombie.EndAsync()).With(0);

        Assert.InRange(stage.Region.Changes.Count - changes, 0, seconds == 0 ? 1 : 0);
        Assert.Equal(contained, await stage.Region.GroupsAsync(of.Id));
        Assert.Equal(ledger, await stage.ScalarAsync<string>(Ledger));
        // The heir's own release still finds the record.
        await stage.AskAsync(RequestKinds.Release, of.CaseId);
        (await stage.LiveAsync()).With(0);
        Assert.Equal(of.Description, await stage.Region.DescribeAsync(of.Id));
    }
}
