using Watchdog.IdleShutdown.Savings;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown.Savings;

/// <summary>Savings out of the ledger of real stops: from a stop's end to the VM's next start, whoever made it.</summary>
public sealed class SavingsReaderTests
{
    [Fact]
    public async Task A_stop_saves_from_its_end_until_the_owner_starts_the_vm_and_as_what_it_was_then()
    {
        await using var world = await StoppedAsync("i-1");
        var from = await EndOfStopAsync(world, "i-1");
        await BecameAsync(world, "i-1", "bob", "m5.xlarge", from.AddHours(1));
        await StateAsync(world, "i-1", "running", from.AddHours(2));

        var span = Assert.Single(await ReadAsync(world, from.AddHours(-1), from.AddDays(1)));
        Assert.Equal(
            new IdleSpan(span.Act, "i-1", "alice", "m5.large", "eu-west-1", "default", from, from.AddHours(2), span.KnownUntil, StartedByPerson: true), span);
        // Those of a period after its end are without it, those from before its start too.
        Assert.Empty(await ReadAsync(world, from.AddHours(2), from.AddDays(1)));
        Assert.Empty(await ReadAsync(world, from.AddDays(-1), from));
    }

    [Fact]
    public async Task A_vm_that_still_stands_goes_on_saving_and_one_that_ended_saves_no_more()
    {
        await using var world = await StoppedAsync("i-1", "i-2");
        var from = await EndOfStopAsync(world, "i-2");
        await StateAsync(world, "i-2", "terminated", from.AddHours(3));

        var spans = (await ReadAsync(world, from.AddHours(-1), from.AddDays(1))).ToDictionary(span => span.InstanceId);
        Assert.Equal(((DateTimeOffset?)null, false), (spans["i-1"].To, spans["i-1"].StartedByPerson));
        // As long as it was listed: a worker that is down sees nobody start it.
        Assert.Equal(await world.Database.ScalarAsync<DateTime>("select max(to_at) from scope_coverage where kind = 'inventory'"), spans["i-1"].KnownUntil.UtcDateTime);
        Assert.Equal(((DateTimeOffset?)from.AddHours(3), false), (spans["i-2"].To, spans["i-2"].StartedByPerson));
    }

    [Theory]
    [InlineData("ann", true)]
    [InlineData(Audit.Machine, false)]
    public async Task A_start_that_a_person_asked_for_soon_is_a_regret_and_one_of_watchdogs_own_is_none(string actor, bool regretted)
    {
        await using var world = await StoppedAsync("i-1");
        var from = await EndOfStopAsync(world, "i-1");
        await Resters.ReleaseAsync(world, "i-1");
        await world.Database.ExecuteAsync("update act set actor = $1 where kind = 'release'", actor);
        await StateAsync(world, "i-1", "running", world.Now.AddMinutes(1));

        Assert.Equal(regretted, Assert.Single(await ReadAsync(world, from.AddHours(-1), from.AddDays(1))).Regretted);
    }

    [Fact]
    public async Task What_waits_what_was_taken_back_and_what_keeps_is_told()
    {
        await using var world = await Resters.CreateAsync(("IdleShutdown:Caps:PerHour", "1"));
        await Resters.AddAsync(world, "i-1");
        await Resters.AddAsync(world, "i-2");
        await world.SettleAsync();
        await Resters.AddAsync(world, "i-3", state: ActStates.Withdrawn);
        await world.AddVmAsync("i-4");
        await world.Database.ExecuteAsync(
            """
            insert into idle_watch (instance_id, scope, shard, since, due_at, verdict) values ('i-4', $1, 0, $2, $2,
              '{"at":"2026-01-01T00:00:00Z","keepers":[{"code":"session","sentence":"Somebody is there."},{"code":"gpu","sentence":"It computes."}]}'),
              ('i-5', $1, 0, $2, $2, '{"at":"2026-01-01T00:00:00Z","keepers":[{"code":"gpu","sentence":"It computes."}]}'), ('i-6', $1, 0, $2, $2, null)
            """, world.Scope.Id, world.Now);

        var not = await world.Get<SavingsReader>().NotStoppedAsync(world.Now.AddHours(-1), world.Now.AddHours(1), default);
        Assert.Equal((1, 0), (not.Withdrawn, not.Failed));
        Assert.Equal([new("gpu", 2, 1, "It computes."), new KeptBy("session", 1, 0, "Somebody is there.")], not.Kept);
        Assert.Equal([new HeldBy("the cap of 1 idle stops in an hour is reached", 1)], not.Waiting);
    }

    private static async Task<World> StoppedAsync(params string[] ids)
    {
        var world = await Resters.CreateAsync();
        foreach (var id in ids)
        {
            await Resters.AddAsync(world, id);
            await BecameAsync(world, id, "alice", "m5.large", world.Now.AddDays(-3));
            await StateAsync(world, id, "running", world.Now.AddDays(-3));
        }

        await world.SettleAsync();
        return world;
    }

    private static Task<IReadOnlyList<IdleSpan>> ReadAsync(World world, DateTimeOffset since, DateTimeOffset until) =>
        world.Get<SavingsReader>().SpansAsync(since, until, default);

    private static async Task<DateTimeOffset> EndOfStopAsync(World world, string id) => new(await world.Database.ScalarAsync<DateTime>(
        "select s.done_at from step s join act a on a.id = s.act_id where a.instance_id = $1 and s.kind = 'idle-stop' and s.state = 'done'", id));

    private static Task<int> BecameAsync(World world, string id, string owner, string type, DateTimeOffset at) => world.Database.ExecuteAsync(
        "insert into vm_membership (instance_id, scope, at, owner, instance_type) values ($1, $2, $3, $4, $5)", id, world.Scope.Id, at, owner, type);

    private static Task<int> StateAsync(World world, string id, string state, DateTimeOffset at) => world.Database.ExecuteAsync(
        "insert into vm_transition (instance_id, scope, at, observed_at, to_state) values ($1, $2, $3, $3, $4)", id, world.Scope.Id, at, state);
}
