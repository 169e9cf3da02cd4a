using Npgsql;
using Watchdog.Ledger;

namespace Watchdog.Tests.Enforcement;

/// <summary>DESIGN law 7 from the other side: whichever commit of the ledger is lost, a rerun ends exactly as wanted.</summary>
public sealed class LostCommitTests
{
    // Fires at commit, once for each row written; the counter is a sequence, which no rollback takes back.
    private const string Trap = """
        create sequence trap_count;
        create table trap (at bigint not null);
        insert into trap values (-1);
        create function spring() returns trigger language plpgsql as $$
        begin
          if nextval('trap_count') = (select at from trap) then
            raise exception 'the commit is lost' using errcode = 'XX999';
          end if;
          return null;
        end $$;
        create constraint trigger act_trap after insert or update on act deferrable initially deferred for each row execute function spring();
        create constraint trigger step_trap after insert or update on step deferrable initially deferred for each row execute function spring();
        create constraint trigger request_trap after update on request deferrable initially deferred for each row execute function spring();
        """;

    [Fact]
    public async Task Whichever_commit_is_lost_the_act_and_its_release_are_done_once_and_whole()
    {
        await using var world = await World.CreateAsync(
            ("Policy:Caps:PerFiveMinutes", "1000"), ("Policy:Caps:PerHour", "1000"), ("Policy:Caps:PerOwnerAndHour", "1000"));
        await world.Database.ExecuteAsync(Trap);
        var sprung = 0;
        while (sprung < 100 && await RoundAsync(world, sprung + 1))
        {
            sprung++;
        }

        Assert.InRange(sprung, 30, 99);
    }

    /// <summary>One VM's life with one lost commit; says whether there was such a commit to lose.</summary>
    private static async Task<bool> RoundAsync(World world, int at)
    {
        var id = $"i-{at}";
        var of = await world.AddCaseAsync(id, groups: ["sg-a", "sg-b"]);
        var request = await world.Get<RequestInbox>().InsertAsync(RequestKinds.Confirm, "ann", of.Id, null, new RequestPayload("drill"), world.Now, default);
        await world.Database.ExecuteAsync("select setval('trap_count', 1, false)");
        await world.Database.ExecuteAsync("update trap set at = $1", (long)at);

        var lost = await ReviveAsync(world);
        Assert.Equal(["sg-contain"], world.Ec2[id].Interfaces[0].Groups);
        await world.Get<RequestInbox>().InsertAsync(RequestKinds.Release, "ann", of.Id, null, new RequestPayload("drill"), world.Now, default);
        lost |= await ReviveAsync(world);
        await world.Database.ExecuteAsync("update trap set at = -1");

        Assert.Equal(["sg-a", "sg-b"], world.Ec2[id].Interfaces[0].Groups);
        Assert.DoesNotContain("watchdog:case", world.Ec2[id].Tags.Keys);
        Assert.Equal("done", (await world.Get<RequestInbox>().FindAsync(request, default))!.State);
        var whole = await world.ShowAsync(of.Id);
        Assert.Equal(CaseStates.Released, whole.Case.State);
        Assert.Equal([ActStates.Released, ActStates.Verified], whole.Acts.Select(a => a.State));
        Assert.All(whole.Steps, s => Assert.Contains(s.State, (string[])[StepStates.Done, StepStates.Skipped]));
        Assert.DoesNotContain(whole.Steps, s => s is { ExposedAt: not null, CoveredAt: null });
        Assert.All(whole.Requests, r => Assert.Equal("done", r.State));
        Assert.Equal(whole.Audit.Count(a => a.What.StartsWith("act.", StringComparison.Ordinal)), whole.Audit.Where(a =>
            a.What.StartsWith("act.", StringComparison.Ordinal)).Select(a => (a.What, a.DataJson)).Distinct().Count());
        return lost;
    }

    private static async Task<bool> ReviveAsync(World world)
    {
        for (var lost = 0; lost < 5; lost++)
        {
            try
            {
                await world.SettleAsync();
                return lost > 0;
            }
            catch (PostgresException trap) when (trap.SqlState == "XX999")
            {
                world.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        throw new InvalidOperationException("One trap sprang five times.");
    }
}
