using System.Collections;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Npgsql;
using Watchdog.Diagnostics;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;
using Watchdog.Policy;

namespace Watchdog.Bench.Week.Play;

/// <summary>What is to be played.</summary>
/// <param name="Vms">VMs in the fleet.</param>
/// <param name="Length">From <see cref="Begin"/> on.</param>
/// <param name="Database">Of its own, with the schema: a connection string.</param>
internal sealed record WeekRequest(int Vms, ulong Seed, TimeSpan Length, string Database)
{
    public WeekRules Rules { get; init; } = WeekRules.Usual;

    /// <summary>When it begins: the week's own beginning, or later.</summary>
    public DateTimeOffset Begin { get; init; } = WeekPlan.Epoch;

    /// <summary>The instant of a step.</summary>
    public DateTimeOffset At(int step) => Begin + (step * Rules.Step);
}

/// <summary>
/// Plays a week of a simulated Region against the worker's own rooms, each five minutes of fleet time one pass, and writes down when each VM was off and every
/// stop that met somebody at work.
/// </summary>
internal sealed class WeekPlay : IAsyncDisposable
{
    private readonly WeekRequest request;
    private readonly SteppedTime clock;
    private readonly List<string> wrong = [];
    private readonly List<TimeSpan> passes = [];
    private int stopsAsked;
    private SimulatedRegion? region;
    private IWeekWorker? worker;

    public WeekPlay(WeekRequest request)
    {
        (this.request, clock) = (request, new SteppedTime(request.Begin));
        Database = NpgsqlDataSource.Create(request.Database);
        Fleet = WeekPlan.Generate(request.Vms, request.Seed);
        Owners = new WeekOwners(Fleet, request.Seed);
        Steps = (int)(request.Length / request.Rules.Step);
        Off = [.. Fleet.Select(_ => new BitArray(Steps))];
    }

    public IReadOnlyList<SimulatedVm> Fleet { get; }
    public WeekOwners Owners { get; }
    public int Steps { get; }

    /// <summary>Of each VM, at which steps it was off.</summary>
    public IReadOnlyList<BitArray> Off { get; }

    /// <summary>Stops of VMs that somebody used, or that an owner had kept.</summary>
    public IReadOnlyList<string> Wrong => wrong;

    /// <summary>Wall time of each pass.</summary>
    public IReadOnlyList<TimeSpan> Passes => passes;

    public SimulatedRegion Region => region!;

    /// <summary>What the worker writes to.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Begins the worker; unless set, it lives in this process.</summary>
    public Func<WeekStage, Task<IWeekWorker>> Begins { get; init; } = async stage => await WeekWorker.StartAsync(stage.Birth, stage.Clock, at =>
    {
        stage.Clock.StepTo(at);
        return Task.CompletedTask;
    });

    /// <summary>Jobs that ended with an error.</summary>
    public int Failures => worker!.Failures;

    /// <summary>What AWS was asked cost, US$.</summary>
    public decimal Usd => worker!.Usd;

    /// <summary>VMs that EC2 was asked to stop, each time it was.</summary>
    public int StopsAsked => stopsAsked;

    /// <summary>Messages that announced a stop in a guest once more: who dies between sending and noting sends again.</summary>
    /// <param name="warnings">Warnings given, by VM.</param>
    public int ToldAgain(IReadOnlyDictionary<string, int> warnings) => Fleet.Sum(vm =>
        Math.Max(0, Region.State.NoticesUntil(vm.Index, clock.GetUtcNow()).Count(notice => notice.Code != "cancelled") - warnings.GetValueOrDefault(vm.InstanceId)));

    /// <summary>Plays up to the end, or until the wall clock says that it is enough; the number of steps played.</summary>
    public async Task<int> RunAsync(TimeSpan patience, CancellationToken ct, Action<int>? told = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        region = await SimulatedRegion.StartAsync(new SimulatedRegionOptions { Seed = request.Seed, RealTokenBuckets = false }, Fleet, clock, default);
        region.Faults.Before = SeenAsync;
        worker = await Begins(new(new(clock.GetUtcNow(), region.Endpoint, Settings()), clock, region));
        using var owner = new AmazonEC2Client(
            new BasicAWSCredentials("AKIDOWNER", "secret"), new AmazonEC2Config { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        for (var n = 0; n < Steps; n++)
        {
            var (at, next) = (request.At(n), request.At(n + 1));
            ct.ThrowIfCancellationRequested();
            clock.StepTo(at);
            await SayAsync(owner, n == 0 ? DateTimeOffset.MinValue : at, at, next);
            var since = TimeProvider.System.GetTimestamp();
            await worker.PassAsync(next, ct);
            passes.Add(TimeProvider.System.GetElapsedTime(since));
            for (var i = 0; i < Fleet.Count; i++)
            {
                Off[i][n] = region.State.StateOf(i) is PowerState.Stopped or PowerState.Stopping;
            }

            told?.Invoke(n + 1);
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                return n + 1;
            }
        }

        return Steps;
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null)
        {
            await worker.DisposeAsync();
        }

        if (region is not null)
        {
            await region.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private async Task SayAsync(AmazonEC2Client owner, DateTimeOffset from, DateTimeOffset at, DateTimeOffset next)
    {
        var holds = new HoldBook(Database);
        foreach (var hold in Owners.PlacedIn(from, next).Where(hold => hold.Until > at))
        {
            await holds.AddAsync(Fleet[hold.Vm].InstanceId, "a long night", "its owner", hold.From < at ? at : hold.From, hold.Until, default);
        }

        List<string> done = [.. Owners.JobsEndIn(from, next).Select(index => Fleet[index].InstanceId)];
        if (done.Count > 0)
        {
            await owner.DeleteTagsAsync(new DeleteTagsRequest { Resources = done, Tags = [new Tag { Key = "watchdog:job" }] });
        }
    }

    private ValueTask<FaultKind> SeenAsync(RequestSeen seen)
    {
        if (seen is { Action: "ec2:StopInstances", Change: > 0, Target: { } target })
        {
            foreach (var id in target.Split(' '))
            {
                Judge(id);
            }
        }

        return new(FaultKind.None);
    }

    private void Judge(string id)
    {
        Interlocked.Increment(ref stopsAsked);
        if (Region.State.IndexOf(id) is not { } index || Region.State.MomentOf(index) is not { } moment)
        {
            return;
        }

        var vm = Fleet[index];
        if ((WeekUse.Of(moment) ?? Owners.Keeps(vm, moment.At) ?? (vm.Behaviour.AgentAnswers(moment) ? null : "a dead agent")) is { } why)
        {
            lock (wrong)
            {
                wrong.Add(FormattableString.Invariant($"{id} ({vm.Behaviour.Kind}) was stopped at {moment.At:MM-dd HH:mm:ss} with {why}"));
            }
        }
    }

    // A week of five-minute listings; who may be stopped at all is the week's question, not how many an hour.
    private Dictionary<string, string?> Settings() => new(
    [
        new("Policy:Mode", "Observe"), new("IdleShutdown:Mode", "Enforce"), new("Policy:MinimumHistory", "00:00:00"), new("Policy:Brake:CandidatesFloor", "100000"),
        new("IdleShutdown:Caps:PerFiveMinutes", "10000"), new("IdleShutdown:Caps:PerHour", "100000"), new("IdleShutdown:Caps:PerOwnerAndHour", "10000"),
        new("Inventory:CoverageGapSeconds", "600"), new("Storage:ConnectionString", request.Database), .. WeekOffice.Settings(),
    ]);
}
