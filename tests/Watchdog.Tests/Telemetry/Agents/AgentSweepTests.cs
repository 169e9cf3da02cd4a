using Microsoft.Extensions.Logging.Abstractions;
using Watchdog.Inventory;
using Watchdog.Telemetry;
using Watchdog.Telemetry.Agents;
using Watchdog.Tests.Inventory;
using static Watchdog.Tests.Inventory.Fleet;

namespace Watchdog.Tests.Telemetry.Agents;

public class AgentSweepTests
{
    // A look at whose turn VM 1's shard is.
    private static readonly DateTimeOffset Turn = TurnOf(Shard.Of(Id(1)));

    [Fact]
    public async Task A_vm_whose_turn_it_is_becomes_known_and_nothing_is_told_twice()
    {
        await using var fleet = await WithVmsAsync();
        var ssm = new Ssm(fleet) { Pings = { [Id(1)] = 2 } };

        Assert.Equal(new AgentOutcome(true, 1, null), await ssm.LookAsync(Turn));
        Assert.Null(await ssm.LookAsync(Turn.AddMinutes(4)));
        Assert.Equal(new AgentOutcome(true, 0, null), await ssm.LookAsync(Turn.AddMinutes(5)));

        Assert.Equal("reached", await TellsAsync(fleet, 1));
        Assert.Equal("", await TellsAsync(fleet, 2));
        Assert.Equal(Turn.AddMinutes(-2), await fleet.Database.ScalarAsync<DateTime>("select (data->>'since')::timestamptz from event where kind = 'vm.agent'"));
    }

    [Fact]
    public async Task An_agent_that_is_lost_is_silent_and_one_that_comes_back_is_asked_for_at_once()
    {
        await using var fleet = await WithVmsAsync();
        var ssm = new Ssm(fleet) { Pings = { [Id(1)] = 2 } };
        await ssm.LookAsync(Turn);
        ssm.Pings[Id(1)] = 15;
        await ssm.LookAsync(Turn.AddMinutes(15));
        ssm.Pings[Id(1)] = 1;
        await ssm.LookAsync(Turn.AddMinutes(20));

        Assert.Equal("reached silent reached", await TellsAsync(fleet, 1));
    }

    [Fact]
    public async Task A_vm_that_is_stopped_is_nobodys_business()
    {
        await using var fleet = await WithVmsAsync();
        fleet.List(Vm(1, "stopped"), Vm(2));
        await fleet.SweepAsync(1);
        var ssm = new Ssm(fleet) { Pings = { [Id(1)] = 900 } };

        Assert.Equal(0, (await ssm.LookAsync(Turn))!.Changed);
    }

    [Fact]
    public async Task Where_ssm_is_silent_itself_what_was_known_holds_for_eleven_minutes_and_then_nothing_is_known()
    {
        await using var fleet = await WithVmsAsync();
        var ssm = new Ssm(fleet) { Pings = { [Id(1)] = 2 } };
        await ssm.LookAsync(Turn);
        ssm.Fault = new FleetSourceException("ThrottlingException", "slow down", new TimeoutException());
        Assert.Equal("ThrottlingException: slow down", (await ssm.LookAsync(Turn.AddMinutes(5)))!.Detail);
        await ssm.LookAsync(Turn.AddMinutes(10));
        Assert.Equal("reached", await TellsAsync(fleet, 1));
        await ssm.LookAsync(Turn.AddMinutes(15));
        await ssm.LookAsync(Turn.AddMinutes(20));
        Assert.Equal("reached unknown", await TellsAsync(fleet, 1));
        ssm.Fault = null;
        await ssm.LookAsync(Turn.AddMinutes(25));

        Assert.Equal("reached unknown reached", await TellsAsync(fleet, 1));
    }

    private static DateTimeOffset TurnOf(short shard)
    {
        var at = Start;
        while (AgentSweep.ShardAt(at) != shard)
        {
            at += AgentSweep.Cadence;
        }

        return at;
    }

    // Two VMs of different shards.
    private static async Task<Fleet> WithVmsAsync()
    {
        Assert.NotEqual(Shard.Of(Id(1)), Shard.Of(Id(2)));
        var fleet = await CreateAsync();
        fleet.List(Vm(1), Vm(2));
        await fleet.SweepAsync(0);
        return fleet;
    }

    private static Task<string> TellsAsync(Fleet fleet, int vm) =>
        fleet.RowsAsync($"select data->>'agent' from event where kind = 'vm.agent' and subject = '{Id(vm)}' order by id");

    private sealed class Ssm(Fleet fleet) : IAgentListing, IGuestProbe
    {
        private DateTimeOffset _now;

        /// <summary>Minutes since each managed VM's last ping.</summary>
        public Dictionary<string, int> Pings { get; } = [];
        public Exception? Fault { get; set; }

        public Task<AgentOutcome?> LookAsync(DateTimeOffset now)
        {
            _now = now;
            return new AgentSweep(this, this, fleet.Database.Source, NullLogger<AgentSweep>.Instance).RunAsync(fleet.Scope, null, now, default);
        }

        public Task<IReadOnlyDictionary<string, AgentStatus>> LostAsync(Scope scope, CancellationToken ct) => Fault is null
            ? Task.FromResult<IReadOnlyDictionary<string, AgentStatus>>(Pings.Where(ping => ping.Value > 5).ToDictionary(ping => ping.Key, ping => StatusOf(ping.Key)))
            : Task.FromException<IReadOnlyDictionary<string, AgentStatus>>(Fault);

        public Task<IReadOnlyDictionary<string, AgentStatus>> AgentsAsync(Scope scope, IReadOnlyList<string> instanceIds, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<string, AgentStatus>>(instanceIds.ToDictionary(id => id, StatusOf));

        public Task<IReadOnlyDictionary<string, SentCommand>> SendAsync(Scope scope, IReadOnlyList<string> instanceIds, string comment, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<Invocation> ReadAsync(Scope scope, string commandId, string instanceId, CancellationToken ct) => throw new NotSupportedException();

        public Task<string?> ConsoleAsync(Scope scope, string instanceId, CancellationToken ct) => throw new NotSupportedException();

        private AgentStatus StatusOf(string id) => !Pings.TryGetValue(id, out var minutes) ? new(AgentState.Unmanaged, null)
            : new(minutes > 5 ? AgentState.ConnectionLost : AgentState.Online, _now.AddMinutes(-minutes));
    }
}
