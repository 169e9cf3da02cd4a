using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Watchdog.Ledger;
using Watchdog.Testing;
using Xunit.Abstractions;

namespace Watchdog.Tests.Acceptance;

/// <summary>A quarantine and its release over moto, an emulator of AWS that others wrote. Where it is not installed the test says so and ends.</summary>
public sealed class MotoContainmentTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_quarantine_changes_the_groups_of_every_interface_and_its_release_restores_them()
    {
        if (!await Moto.IsThereAsync())
        {
            output.WriteLine("python3 with moto and boto3 is not installed: nothing was checked.");
            return;
        }

        var (moto, url) = await Moto.StartAsync();
        await using var process = moto;
        await using var database = await TestDatabase.CreateAsync();
        await using var filling = Child.Start("python3", [Moto.Script("moto_containment.py"), url, "2"]);
        var ids = (await filling.EndAsync()).With(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var ec2 = new AmazonEC2Client(new BasicAWSCredentials("AKIDTEST", "secret"), new AmazonEC2Config { ServiceURL = url, AuthenticationRegion = "us-east-1" });
        var (before, other) = (await GroupsAsync(ec2, ids[0]), await GroupsAsync(ec2, ids[1]));
        Assert.Equal(2, before.Count);
        Assert.All(before.Values, groups => Assert.True(groups.Split(',').Length > 1, groups));
        var containment = (await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { Filters = [new() { Name = "tag:watchdog:role", Values = ["quarantine"] }] }))
            .SecurityGroups!.Single().GroupId!;
        // moto has no metrics of them, and without data nothing is admitted: the act stands as admitted already.
        var environment = BuiltProgram.On(url, database.ConnectionString, ("Policy__Mode", "Enforce"), ("Enforcement__EvidenceSeconds", "0"));
        (await BuiltProgram.RunAsync(environment, "sweep", "--json")).With(0);
        var of = await AdmitAsync(database, ids[0]);

        (await BuiltProgram.RunAsync(environment, "sweep", "--json")).With(0);

        var cases = new CaseRepository(database.Source);
        var whole = (await cases.ShowAsync(of, default))!;
        Assert.True(whole.Acts is [{ State: ActStates.Applied }], $"{whole.Acts[0].State}: {whole.Acts[0].Detail}");
        Assert.All((await GroupsAsync(ec2, ids[0])).Values, groups => Assert.Equal(containment, groups));
        Assert.Equal(other, await GroupsAsync(ec2, ids[1]));

        await new RequestInbox(database.Source).InsertAsync(RequestKinds.Release, "ann", of, null, new RequestPayload("a test"), TimeProvider.System.GetUtcNow(), default);
        (await BuiltProgram.RunAsync(environment, "sweep", "--json")).With(0);

        whole = (await cases.ShowAsync(of, default))!;
        Assert.True(whole.Case.State == CaseStates.Released, string.Join("; ", whole.Acts.Select(act => $"{act.Kind} {act.State}: {act.Detail}")));
        Assert.Equal(before, await GroupsAsync(ec2, ids[0]));
    }

    private static async Task<long> AdmitAsync(TestDatabase database, string instanceId)
    {
        var now = TimeProvider.System.GetUtcNow();
        var scope = await database.ScalarAsync<short>("select id from scope");
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var of = await CaseWriter.OpenAsync(connection, transaction, instanceId, scope, "somebody", "miner", 0.99, "a test", "test", now, default);
        await ActWriter.AddAsync(connection, transaction, of,
            new NewAct(ActKinds.Quarantine, ActStates.Admitted, 10, NeedsPerson: true, "ann", "a test", "ann", "test", null), now, default);
        await transaction.CommitAsync();
        return of.Id;
    }

    // EC2 promises no order of groups, and moto keeps none.
    private static async Task<Dictionary<string, string>> GroupsAsync(AmazonEC2Client ec2, string id) =>
        (await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })).Reservations![0].Instances![0].NetworkInterfaces!.ToDictionary(
            card => card.NetworkInterfaceId!, card => string.Join(',', card.Groups!.Select(group => group.GroupId).Order(StringComparer.Ordinal)));
}
