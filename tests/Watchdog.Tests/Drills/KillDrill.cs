using System.Globalization;
using System.Text.Json;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Xunit.Abstractions;

namespace Watchdog.Tests.Drills;

/// <summary>
/// A worker that enforces is killed (SIGKILL) at seeded moments and right after its first act was admitted. Its ledger must be whole at
/// every such moment, and the next worker must finish what was planned: DESIGN law 7, on real processes.
/// </summary>
public sealed class KillDrill(ITestOutputHelper output)
{
    // The proof of a quarantine waits for CloudWatch, some twenty minutes of real time: in force is enough here.
    private const string Unfinished = "select count(*) from act where state in ('admitted', 'planned', 'executing')";
    private const string Admitted = "select count(*) from act where admitted_at is not null and kind <> 'release'";
    private const string InForce = "select count(*) from act where state in ('applied', 'verified') and kind <> 'release'";

    // What no moment may show: each row says what is torn.
    private const string Torn =
        """
        select 'act ' || a.id || ' has no case' from act a where a.purpose <> 'idle' and not exists (select 1 from case_file c where c.id = a.case_id)
        union all select 'act ' || id || ' is ' || state || ' without its journalled steps' from act a
          where state in ('executing', 'applied', 'verified') and kind <> 'release' and not exists (select 1 from step s where s.act_id = a.id)
        union all select 'step ' || id || ' was called without having been started' from step where called_at is not null and started_at is null
        union all select 'act ' || id || ' began without admission' from act where state in ('executing', 'applied', 'verified') and admitted_at is null
        union all select 'act ' || id || ' is verified with an unfinished step' from act a where state = 'verified'
          and exists (select 1 from step s where s.act_id = a.id and s.state not in ('done', 'skipped'))
        union all select instance_id || ' was acted on twice' from act where admitted_at is not null and kind <> 'release'
          group by instance_id, kind, episode_id having count(*) > 1
        """;

    [Fact]
    [Trait("Category", "Drill")]
    public async Task A_worker_killed_at_any_moment_loses_no_act_doubles_none_and_leaves_a_whole_ledger()
    {
        var chance = new Random(20261122);
        var (region, url) = await BuiltProgram.SimulateAsync("--vms", "400", "--seed", "3", "--abuse-from", "-180", "--abuse-within", "60");
        await using var simulator = region;
        await using var folder = new WorkerFolder();
        using var ec2 = Ec2(url);
        var before = await GroupsAsync(ec2);
        var environment = BuiltProgram.On(url, null,
            ("Policy__Mode", "Enforce"), ("Policy__MinimumHistory", "00:00:00"), ("Policy__Caps__FleetPercentPerDay", "100"),
            // The fastest finding, a dead kernel, gets the act with the most steps.
            ("Policy__Panic__Ladder", "quarantine"),
            ("Storage__RelaxedDurability", "true"));

        // Seeded moments while it looks around, then the moment after the first act was admitted.
        for (var kill = 0; kill < (Quick.Is ? 2 : 3); kill++)
        {
            await using var worker = BuiltProgram.Start(["run", "--data", folder.Path], environment);
            await folder.ReachesAsync("select count(*) from vm", 1, TimeSpan.FromSeconds(60));
            await Task.Delay(TimeSpan.FromSeconds(chance.NextDouble() * 15), TimeProvider.System);
            await worker.KillAsync();
            await AssertWholeAsync(folder, $"kill {kill}", worker.Said);
        }

        await using (var worker = BuiltProgram.Start(["run", "--data", folder.Path], environment))
        {
            Assert.True(await folder.ReachesAsync(Admitted, 1, TimeSpan.FromMinutes(10)), $"no act was admitted:\n{worker.Said}");
            await worker.KillAsync();
            await AssertWholeAsync(folder, "the kill after the first admission", worker.Said);
        }

        // The next worker meets a server that was killed as well.
        await folder.KillServerAsync();
        await using (var worker = BuiltProgram.Start(["run", "--data", folder.Path], environment))
        {
            Assert.True(await FinishedAsync(folder), $"admitted acts are not finished:\n{string.Join('\n', await ActsAsync(folder))}\n{worker.Said}");
            output.WriteLine(string.Join('\n', await ActsAsync(folder)));
            await AssertEffectsAsync(folder, ec2, worker.Said);
            await ReleaseAllAsync(folder, environment, worker);
            var after = await GroupsAsync(ec2);
            Assert.All(before, card => Assert.True(card.Value == after[card.Key], $"{card.Key}: {card.Value} before, {after[card.Key]} after the release"));
            await worker.StopAsync();
        }
    }

    private static async Task AssertWholeAsync(WorkerFolder folder, string moment, string said)
    {
        // The second command: it attaches to the server that the killed worker left, or starts it.
        var listed = (await BuiltProgram.RunAsync(null, "cases", "list", "--json", "--data", folder.Path)).With(0);
        using var document = JsonDocument.Parse(listed.Output);
        var cases = document.RootElement.GetProperty("cases").GetArrayLength();
        await using var held = await folder.OpenAsync();
        Assert.Equal(await folder.CountAsync("select count(*) from case_file"), cases);
        var torn = await folder.ReadAsync(Torn, reader => reader.GetString(0));
        Assert.True(torn.Count == 0, $"after {moment}: {string.Join("; ", torn)}\n{said}");
    }

    private static async Task<bool> FinishedAsync(WorkerFolder folder)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(Quick.Is ? 4 : 15))
        {
            if (await folder.CountAsync(Unfinished) == 0 && await folder.CountAsync(InForce) > (Quick.Is ? 0 : 2))
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        return false;
    }

    private static Task<List<string>> ActsAsync(WorkerFolder folder) => folder.ReadAsync(
        "select id || ' ' || kind || ' of ' || instance_id || ': ' || state || ', ' || attempts || ' setbacks, ' || coalesce(detail, '') from act order by id",
        reader => reader.GetString(0));

    // Every verified act shows in the Region, and every step of it was called once.
    private static async Task AssertEffectsAsync(WorkerFolder folder, AmazonEC2Client ec2, string said)
    {
        var torn = await folder.ReadAsync(Torn, reader => reader.GetString(0));
        Assert.True(torn.Count == 0, $"{string.Join("; ", torn)}\n{said}");
        var groups = await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest
        {
            Filters = [new() { Name = "tag:watchdog:role", Values = ["quarantine"] }],
        });
        var containment = groups.SecurityGroups!.Select(g => g.GroupId).ToHashSet();
        var acts = await folder.ReadAsync(
            "select instance_id, kind from act where state in ('applied', 'verified') and kind in ('quarantine', 'stop')", reader => (Id: reader.GetString(0), Kind: reader.GetString(1)));
        foreach (var (id, kind) in acts)
        {
            var vm = (await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })).Reservations![0].Instances![0];
            Assert.True(
                kind == "stop" ? vm.State!.Name == InstanceStateName.Stopped || vm.State.Name == InstanceStateName.Stopping : vm.NetworkInterfaces!.All(card => card.Groups!.All(g => containment.Contains(g.GroupId))),
                $"{kind} of {id} does not show: {vm.State!.Name}");
        }
    }

    private static async Task ReleaseAllAsync(WorkerFolder folder, Dictionary<string, string> environment, Child worker)
    {
        var cases = await folder.ReadAsync("select distinct case_id from act where state in ('applied', 'verified') and kind <> 'release'", reader => reader.GetInt64(0));
        Assert.NotEmpty(cases);
        foreach (var id in cases)
        {
            var ended = await BuiltProgram.RunAsync(environment, "cases", "release", id.ToString(CultureInfo.InvariantCulture),
                "--reason", "drill", "--wait", "120", "--data", folder.Path);
            Assert.True(ended.ExitCode == 0, $"{ended.Told}\n{worker.Said}");
        }
    }

    private static async Task<Dictionary<string, string>> GroupsAsync(AmazonEC2Client ec2)
    {
        var cards = new Dictionary<string, string>();
        await foreach (var page in ec2.Paginators.DescribeInstances(new DescribeInstancesRequest()).Responses)
        {
            foreach (var card in page.Reservations!.SelectMany(r => r.Instances!).SelectMany(vm => vm.NetworkInterfaces ?? []))
            {
                cards[card.NetworkInterfaceId!] = string.Join(',', card.Groups!.Select(g => g.GroupId));
            }
        }

        return cards;
    }

    private static AmazonEC2Client Ec2(string url) =>
        new(new BasicAWSCredentials("AKIDTEST", "secret"), new AmazonEC2Config { ServiceURL = url, AuthenticationRegion = "us-east-1" });
}
