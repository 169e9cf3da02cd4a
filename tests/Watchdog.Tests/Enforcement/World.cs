using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Watchdog.Detectors.Findings;
using Watchdog.Detectors.Verdicts;
using Watchdog.Diagnostics;
using Watchdog.Enforcement;
using Watchdog.Enforcement.Notifying;
using Watchdog.Enforcement.Restraining;
using Watchdog.IdleShutdown;
using Watchdog.IdleShutdown.Warnings;
using Watchdog.Inventory;
using Watchdog.Ledger;
using Watchdog.Policy;
using Watchdog.Policy.Exempting;
using Watchdog.Storage;
using Watchdog.Telemetry;
using Watchdog.Testing;
using EpisodeChange = Watchdog.Detection.EpisodeChange;
using EpisodeStep = Watchdog.Detection.EpisodeStep;

namespace Watchdog.Tests.Enforcement;

/// <summary>A migrated database, a clock, a fake EC2, and the rooms wired as the worker wires them.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(31);
    private readonly ServiceProvider services;
    private readonly TestDatabase database;

    private World(TestDatabase database, ManualTime clock, FakeEc2 ec2, FakeMetrics metrics, FakeGuests guests, ServiceProvider services, Scope scope) =>
        (this.database, Clock, Ec2, Metrics, Guests, this.services, Scope) = (database, clock, ec2, metrics, guests, services, scope);

    public ManualTime Clock { get; }
    public FakeEc2 Ec2 { get; }
    public FakeMetrics Metrics { get; }
    public FakeGuests Guests { get; }
    public FakeNotifier Notifier => (FakeNotifier)Get<INotifier>();
    public FakeRestrainer Restrainer => (FakeRestrainer)Get<IRestrainer>();
    public Scope Scope { get; }
    public TestDatabase Database => database;
    public DateTimeOffset Now => Clock.GetUtcNow();
    public CaseRepository Cases => Get<CaseRepository>();

    /// <summary>A world in mode Enforce that has been watched for 30 days, with all shards fresh; settings override the configuration.</summary>
    public static async Task<World> CreateAsync(params (string Key, string Value)[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var clock = new ManualTime();
        var (ec2, metrics, guests) = (new FakeEc2(clock), new FakeMetrics(), new FakeGuests { TookAt = () => clock.GetUtcNow().AddSeconds(-3) });
        var values = new Dictionary<string, string?> { ["Policy:Mode"] = "Enforce", ["Policy:Caps:FleetPercentPerDay"] = "100", ["Policy:BatchVms"] = "0",
            // These guests have no agent: a first rung that asks for one would only be refused.
            ["Policy:ForkBomb:Ladder"] = "stop", ["Policy:Runaway:Ladder"] = "stop",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton(database.Source).AddSingleton<IActuator>(ec2).AddSingleton<IMetricSource>(metrics).AddSingleton<IGuestProbe>(guests)
            .AddSingleton<IRestrainer>(new FakeRestrainer(guests)).AddSingleton<INotifier>(new FakeNotifier(guests)).AddSingleton(new DetectorOptions())
            .AddSingleton(new Clocks(clock, new PassingTime()))
            .AddLedger().AddPolicy().AddIdleShutdown().AddEnforcement()
            .AddSingleton(new WarningReceiver(values.ContainsKey("Notices:Url")))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var scope = await database.ScalarAsync<short>("insert into scope (key, region) values ('123456789012/eu-west-1', 'eu-west-1') returning id");
        var world = new World(database, clock, ec2, metrics, guests, services, new Scope(scope, "123456789012/eu-west-1", "eu-west-1", null));
        await database.ExecuteAsync(
            "insert into scope_coverage (scope, kind, from_at, to_at, seen) values ($1, 'inventory', $2, $3, true)",
            scope, world.Now.AddDays(-30), world.Now);
        await database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen,
              changed_at, fingerprint)
            select 'i-quiet-' || n, $1, 0, 'others', 'running', $2, 't3.nano', 2, $2, '{}', $2, $2, 0 from generate_series(1, 1000) n
            """, scope, world.Now);
        await world.ReportShardsAsync();
        return world;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Every shard reports now, and finds of each open episode what it found before.</summary>
    public async Task ReportShardsAsync(int shards = Shard.Count)
    {
        await database.ExecuteAsync(
            """
            update episode set state = state || jsonb_build_object(
              'state', coalesce(state -> 'state', '{}') || jsonb_build_object('judgedAt', $1::timestamptz, 'recent', 1)) where closed_at is null
            """, Now);
        await database.ExecuteAsync(
            """
            insert into shard_run (shard, at, node, epoch, seen, judged, unknown, seconds)
            select s, $1, 'n', 1, 0, 0, 0, 0 from generate_series(0, $2 - 1) s on conflict do nothing
            """,
            Now, shards);
    }

    /// <summary>A VM in EC2 and in the inventory.</summary>
    public async Task<Vm> AddVmAsync(string id, string owner = "alice", string? asg = null, params string[][] groups)
    {
        var cards = (groups.Length == 0 ? [["sg-default"]] : groups)
            .Select((g, i) => new ListedInterface(string.Create(CultureInfo.InvariantCulture, $"eni-{id}-{i}"), i, g, null)).ToList();
        var tags = new Dictionary<string, string> { ["watchdog:managed"] = "true", ["watchdog:owner"] = owner };
        if (asg is not null)
        {
            tags["aws:autoscaling:groupName"] = asg;
        }

        Ec2.Put(new ListedVm(id, "running", null, null, "m5.large", 2, "ami-1", "eu-west-1a", "vpc-1", "subnet-1", Now.AddDays(-3), "10.0.0.7",
            "203.0.113.7", null, "ebs", null, tags, cards));
        var vm = new Vm(id, Scope.Id, Shard.Of(id), owner, null, "running", Now.AddDays(-3), "m5.large", 2, "ami-1", "eu-west-1a", "vpc-1",
            Now.AddDays(-3), asg);
        await database.ExecuteAsync(
            """
            insert into vm (instance_id, scope, shard, owner, state, state_since, instance_type, vcpus, launch_time, tags, first_seen,
              changed_at, fingerprint)
            values ($1, $2, $3, $4, 'running', $5, 'm5.large', 2, $5, '{}', $5, $5, 0)
            """, id, Scope.Id, vm.Shard, owner, vm.LaunchTime);
        return vm;
    }

    /// <summary>An episode of the VM, in the table and as Detection hands it over.</summary>
    public async Task<EpisodeChange> EpisodeAsync(
        Vm vm, FindingClass found = FindingClass.Miner, Verdict verdict = Verdict.Confirmed, double score = 0.99,
        params Evidence[] evidence)
    {
        var name = Finding.NameOf(found);
        var id = await database.ScalarAsync<long>(
            """
            insert into episode (instance_id, scope, shard, class, onset, opened_at, score, reason) values ($1, $2, $3, $4, $5, $5, $6, 'r')
            returning id
            """, vm.InstanceId, vm.Scope, vm.Shard, name, Now, score);
        return new EpisodeChange(id, verdict == Verdict.Confirmed ? EpisodeStep.Confirmed : EpisodeStep.Opened, vm, Now,
            new Finding(found, verdict, score, $"{name} at {score.ToString(CultureInfo.InvariantCulture)}",
                verdict == Verdict.Confirmed && evidence.Length == 0 ? Proof : evidence));
    }

    /// <summary>Two independent families, one of them from inside: what an act needs.</summary>
    public static readonly Evidence[] Proof =
        [new(Family.CpuShape, "novel-plateau", 1.5, "a new plateau"), new(Family.GuestProcesses, "miner-name", 3, "a miner's name")];

    /// <summary>Hands changes to the policy, as a sweep does.</summary>
    public async Task ApplyAsync(params EpisodeChange[] changes)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Get<CaseOpener>().ApplyAsync(connection, transaction, changes, Now, default);
        await transaction.CommitAsync();
    }

    /// <summary>A VM with a confirmed finding and its case.</summary>
    public async Task<CaseRecord> AddCaseAsync(
        string id = "i-1", FindingClass found = FindingClass.Miner, string owner = "alice", params string[][] groups)
    {
        await ApplyAsync(await EpisodeAsync(await AddVmAsync(id, owner, null, groups), found));
        return (await Cases.ListAsync(new CaseFilter(InstanceId: id), default))[0];
    }

    /// <summary>Ann's exemption, written at once whatever its kind; its number.</summary>
    public async Task<long> ExemptAsync(string kind, string subject, string reason, DateTimeOffset at, DateTimeOffset until)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var id = await ExemptionBook.WriteAsync(connection, transaction, new ExemptionOrder(kind, subject, reason, until), "ann", null, at, default);
        await transaction.CommitAsync();
        return id;
    }

    public Task<Fence> TakeAsync() => Leases.TakeAsync(database.Source, [Leases.ActuatorOf(Scope.Id)], "node", Now, default);

    /// <summary>One run of the actuator with a fresh lease.</summary>
    public async Task<ActuatorReport> RunAsync(CancellationToken ct = default) => await Get<ActuatorRun>().RunAsync(Scope, await TakeAsync(), ct);

    /// <summary>Runs and lets time pass until nothing is under way; fails after 60 runs.</summary>
    public async Task SettleAsync()
    {
        for (var run = 0; run < 60; run++)
        {
            await ReportShardsAsync();
            await RunAsync();
            if (await database.ScalarAsync<long>("select count(*) from act where state in ('admitted', 'planned', 'executing', 'applied')") == 0)
            {
                return;
            }

            var due = await database.ScalarAsync<double>(
                """
                select extract(epoch from coalesce(min(coalesce(due_at, $1)), $1) - $1)::double precision
                from act where state in ('admitted', 'planned', 'executing', 'applied')
                """, Now);
            Clock.Advance(due > Step.TotalSeconds ? TimeSpan.FromSeconds(due) : Step);
        }

        Assert.Fail("Acts never came to an end: "
            + await database.ScalarAsync<string>("select string_agg(kind || ' ' || state || ' ' || coalesce(detail, ''), '; ') from act"));
    }

    public async Task<RequestRecord> AskAsync(string kind, CaseRecord of, RequestPayload payload, int? version = null)
    {
        var inbox = Get<RequestInbox>();
        var id = await inbox.InsertAsync(kind, "ann", of.Id, version, payload, Now, default);
        await SettleAsync();
        return (await inbox.FindAsync(id, default))!;
    }

    public async Task<WholeCase> ShowAsync(long id) => (await Cases.ShowAsync(id, default))!;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
