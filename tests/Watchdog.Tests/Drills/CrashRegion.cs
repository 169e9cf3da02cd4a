using System.Text.RegularExpressions;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Watchdog.FleetSim;
using Watchdog.FleetSim.Failing;
using Watchdog.FleetSim.Fleet;

namespace Watchdog.Tests.Drills;

/// <summary>What became of a change that somebody asked the Region for.</summary>
/// <param name="Action">EC2's operation.</param>
/// <param name="Vm">The VM that it was about.</param>
/// <param name="Groups">For a change of groups: those of every interface of the VM right after it, by interface; else null.</param>
internal sealed record Changed(DateTimeOffset At, string Action, string Vm, IReadOnlyDictionary<string, string>? Groups);

/// <summary>
/// A simulated Region in the drill's own process, of idle VMs with four network interfaces each, on different groups. Whatever happens to
/// whoever calls it happens here, from outside.
/// </summary>
internal sealed partial class CrashRegion : IAsyncDisposable
{
    private const int Generated = 6000;
    private static readonly TimeSpan StopsOrBoots = TimeSpan.FromSeconds(61);
    private readonly CrashClock clock;
    private readonly SimulatedRegion region;
    private readonly AmazonEC2Client ec2;
    private readonly HttpClient http;
    private readonly Lock gate = new();
    private readonly List<Changed> changes = [];
    private readonly Dictionary<string, string> homes;

    private CrashRegion(SimulatedRegion region, CrashClock clock, IReadOnlyList<string> ids, Dictionary<string, string> homes)
    {
        (this.region, this.clock, this.homes, Ids) = (region, clock, homes, ids);
        ec2 = ClientOf(region);
        http = new HttpClient { BaseAddress = region.Endpoint };
        region.Faults.Before = async seen => seen.Change > 0 && Before is { } before ? await before(seen) : FaultKind.None;
        region.Faults.After = AfterAsync;
    }

    public string Url => region.Endpoint.ToString();

    public Faults Faults => region.Faults;

    /// <summary>Ids of its VMs.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Asked when a change arrives, before it is made.</summary>
    public Func<RequestSeen, ValueTask<FaultKind>>? Before { get; set; }

    /// <summary>Asked when a change was made, before it is answered.</summary>
    public Func<RequestSeen, ValueTask>? After { get; set; }

    /// <summary>Changes that took effect, in order.</summary>
    public IReadOnlyList<Changed> Changes
    {
        get
        {
            lock (gate)
            {
                return [.. changes];
            }
        }
    }

    public static async Task<CrashRegion> StartAsync(int vms)
    {
        var now = TimeProvider.System.GetUtcNow();
        var fleet = FleetPlan.Generate(new FleetPlanOptions { Vms = Generated, AbuseShare = 0, Epoch = now });
        var idle = fleet.First(vm => vm.Behaviour.Kind.Contains("idle", StringComparison.Ordinal)).Behaviour;
        Dictionary<string, string> homes = [];
        // Which VM has how many interfaces is the Region's matter: it is asked.
        await using (var whole = await SimulatedRegion.StartAsync(new SimulatedRegionOptions { RealTokenBuckets = false }, fleet, TimeProvider.System, default))
        {
            using var client = ClientOf(whole);
            await foreach (var page in client.Paginators.DescribeInstances(new DescribeInstancesRequest()).Responses)
            {
                foreach (var vm in page.Reservations!.SelectMany(r => r.Instances!).Where(vm => vm.NetworkInterfaces is { Count: 4 }))
                {
                    homes[vm.InstanceId!] = vm.InstanceId!;
                    vm.NetworkInterfaces!.ForEach(card => homes[card.NetworkInterfaceId!] = vm.InstanceId!);
                }
            }
        }

        List<SimulatedVm> chosen = [.. fleet.Where(vm => homes.ContainsKey(vm.InstanceId)).Take(vms).Select((vm, index) => new SimulatedVm
        {
            InstanceId = vm.InstanceId, Index = index, Seed = vm.Seed, InstanceType = "m5.large", Vcpus = 2, ImageId = vm.ImageId,
            Owner = $"owner-{index}", Plan = vm.Plan, AvailabilityZone = vm.AvailabilityZone, LaunchTime = now.AddDays(-3), Behaviour = idle,
        })];
        Assert.Equal(vms, chosen.Count);
        var clock = new CrashClock();
        var region = await SimulatedRegion.StartAsync(
            new SimulatedRegionOptions
            {
                RealTokenBuckets = false, ConsistencyDelay = TimeSpan.Zero, InvocationDelay = TimeSpan.Zero, CommandRunTime = TimeSpan.FromMilliseconds(200),
                TerminationProtectedShare = 0, TerminateOnShutdownShare = 1, ElasticAddressShare = 1,
            }, chosen, clock, default);
        return new CrashRegion(region, clock, [.. chosen.Select(vm => vm.InstanceId)], homes);
    }

    /// <summary>The VM that a change is about; empty where it names none.</summary>
    public string HomeOf(RequestSeen seen) => seen.Target is { } target ? homes.GetValueOrDefault(target, "") : "";

    /// <summary>Forgets what it noted.</summary>
    public void Forget()
    {
        lock (gate)
        {
            changes.Clear();
        }
    }

    /// <summary>DescribeInstances of a VM, byte for byte, but for the request's own id.</summary>
    public async Task<string> DescribeAsync(string id)
    {
        using var body = new FormUrlEncodedContent([new("Action", "DescribeInstances"), new("Version", "2016-11-15"), new("InstanceId.1", id)]);
        using var answer = await http.PostAsync(new Uri("/", UriKind.Relative), body);
        return RequestId().Replace(await answer.Content.ReadAsStringAsync(), "");
    }

    /// <summary>Termination protection, and what a shutdown from inside does.</summary>
    public async Task<string> GuardsAsync(string id)
    {
        var protection = await ec2.DescribeInstanceAttributeAsync(new DescribeInstanceAttributeRequest { InstanceId = id, Attribute = InstanceAttributeName.DisableApiTermination });
        var shutdown = await ec2.DescribeInstanceAttributeAsync(
            new DescribeInstanceAttributeRequest { InstanceId = id, Attribute = InstanceAttributeName.InstanceInitiatedShutdownBehavior });
        return $"{protection.InstanceAttribute!.DisableApiTermination}, {shutdown.InstanceAttribute!.InstanceInitiatedShutdownBehavior}";
    }

    public async Task<Instance> ReadAsync(string id) =>
        (await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })).Reservations![0].Instances![0];

    /// <summary>Groups of each interface of a VM, by interface.</summary>
    public async Task<Dictionary<string, string>> GroupsAsync(string id) =>
        (await ReadAsync(id)).NetworkInterfaces!.ToDictionary(card => card.NetworkInterfaceId!, card => string.Join(',', card.Groups!.Select(g => g.GroupId)));

    /// <summary>The ids of all groups with a role.</summary>
    public async Task<HashSet<string>> OfRoleAsync(string role) =>
        [.. (await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = [new() { Name = "tag:watchdog:role", Values = [role] }] }))
            .SecurityGroups!.Select(g => g.GroupId!)];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        ec2.Dispose();
        await region.DisposeAsync();
    }

    private async ValueTask AfterAsync(RequestSeen seen)
    {
        if (seen.Change == 0)
        {
            return;
        }

        if (seen.Error is null)
        {
            if (seen.Action is "ec2:StopInstances" or "ec2:StartInstances")
            {
                clock.Leap(StopsOrBoots);
            }

            var home = HomeOf(seen);
            var groups = seen.Action == "ec2:ModifyNetworkInterfaceAttribute" ? await GroupsAsync(home) : null;
            lock (gate)
            {
                changes.Add(new Changed(TimeProvider.System.GetUtcNow(), seen.Action[(seen.Action.IndexOf(':', StringComparison.Ordinal) + 1)..], home, groups));
            }
        }

        if (After is { } after)
        {
            await after(seen);
        }
    }

    private static AmazonEC2Client ClientOf(SimulatedRegion region) => new(
        new BasicAWSCredentials("AKIDTEST", "secret"), new AmazonEC2Config { ServiceURL = region.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    [GeneratedRegex("<requestId>.*?</requestId>")]
    private static partial Regex RequestId();
}
