using System.Globalization;
using Watchdog.Ledger;
using Watchdog.Tests.Enforcement;

namespace Watchdog.Tests.IdleShutdown;

/// <summary>A world in which idle stops are enforced, status checks are listed, and every guest says that nobody is in it.</summary>
internal static class Resters
{
    public static async Task<World> CreateAsync(params (string Key, string Value)[] settings)
    {
        var world = await World.CreateAsync([("IdleShutdown:Mode", "Enforce"), .. settings]);
        world.Guests.Says = _ => Nobody(world.Now);
        await ListStatusAsync(world);
        return world;
    }

    /// <summary>Status checks were listed now.</summary>
    public static Task ListStatusAsync(World world) => world.Database.ExecuteAsync(
        "insert into scope_coverage (scope, kind, from_at, to_at, seen) values ($1, 'status', $2, $2, true)", world.Scope.Id, world.Now);

    /// <summary>A resting VM with a stop that waits for admission, its owner warned long enough ago.</summary>
    public static async Task AddAsync(World world, string id, string owner = "alice", string state = ActStates.Observed)
    {
        await world.AddVmAsync(id, owner);
        await WarnedAsync(world, (await StopAsync(world, id, state))!, owner);
    }

    /// <summary>The stop's owner was warned twenty minutes ago; in the guest nobody was told.</summary>
    public static Task WarnedAsync(World world, ActRecord stop, string owner = "alice") => world.Database.ExecuteAsync(
        """
        insert into idle_warning (act_id, instance_id, scope, owner, code, warned_at, deadline, lead_seconds, waits, by_receiver, told_at, ready_at, guest_act)
        values ($1, $2, $3, $4, 'idle', $5, $6, 900, true, true, $5, $6, $1)
        """, stop.Id, stop.InstanceId, stop.Scope, owner, world.Now.AddMinutes(-20), world.Now.AddMinutes(-5));

    /// <summary>A stop of a VM that is there, waiting for admission.</summary>
    public static Task<ActRecord?> StopAsync(World world, string id, string state = ActStates.Observed) =>
        AddActAsync(world, id, ActKinds.Stop, state, "nobody uses it", Audit.Machine);

    /// <summary>A person asks for the VM to be started again.</summary>
    public static Task<ActRecord?> ReleaseAsync(World world, string id) => AddActAsync(world, id, ActKinds.Release, ActStates.Admitted, "needed", "ann");

    /// <summary>The VM's acts without a case but for messages, e.g. <c>stop verified, release verified</c>.</summary>
    public static Task<string> ActsAsync(World world, string id) => world.Database.ScalarAsync<string>(
        "select coalesce(string_agg(kind || ' ' || state, ', ' order by id), '') from act where instance_id = $1 and purpose = 'idle' and kind <> 'notify'", id);

    /// <summary>What holds the VM's last act without a case, or how it ended.</summary>
    public static Task<string> DetailAsync(World world, string id) => world.Database.ScalarAsync<string>(
        "select coalesce(detail, '') from act where instance_id = $1 and purpose = 'idle' and kind <> 'notify' order by id desc limit 1", id);

    /// <summary>What an empty guest prints.</summary>
    public static string Nobody(DateTimeOffset at, string sessions = "", string connections = "", string processes = "", string gpu = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"v":1,"at":{{at.ToUnixTimeSeconds()}},"up":90000.0,"load":[0.0,0.0,0.0],"cpu":{"user":0.2,"system":0.1,"steal":0.0,"iowait":0.0},"forks":0.4,
        "procs":90,"threads":110,"pids":{"cur":90,"max":9400},"huge":0,"msr":false,"p":[{{processes}}{"pid":650,"ppid":1,"uid":0,"comm":"amazon-ssm-agen",
        "exe":"/usr/bin/amazon-ssm-agent","args":"/usr/bin/amazon-ssm-agent","age":86000.0,"cpu":80.4,"thr":12,"rss":21000,"cwd":"system"}],
        "c":[{{connections}}{"pid":650,"ip":"198.51.100.20","port":443,"lport":41002,"out":true}],"s":[{{sessions}}],"gpu":[{{gpu}}],"k":[],"end":true}
        """).ReplaceLineEndings("");

    private static async Task<ActRecord?> AddActAsync(World world, string id, string kind, string state, string reason, string actor)
    {
        await using var connection = await world.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var act = await CaselessActs.AddAsync(
            connection, transaction, new NewCaselessAct(id, world.Scope.Id, kind, state, reason, actor, "rules-1", null), world.Now, default);
        await transaction.CommitAsync();
        return act;
    }
}
