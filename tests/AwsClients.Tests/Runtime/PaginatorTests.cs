using Amazon.EC2.Model;
using Amazon.Runtime;
using Watchdog.AwsClients.Tests.Loopback;

namespace Watchdog.AwsClients.Tests.Runtime;

public sealed class PaginatorTests
{
    [Fact]
    public async Task Pages_are_walked_by_their_tokens_past_an_empty_one()
    {
        await using var service = await LoopbackService.Start(Page("r-1", "t/1"), Page(null, "t/2"), Page("r-3", null));
        using var ec2 = service.Ec2();

        var reservations = await Collect(ec2.Paginators.DescribeInstances(new DescribeInstancesRequest { MaxResults = 5 }).Reservations);

        Assert.Equal(["r-1", "r-3"], reservations.Select(r => r.ReservationId));
        Assert.Equal(["", "t%2F1", "t%2F2"], service.Seen.Select(s => s.Body.Split("&NextToken=") is [_, var token] ? token : ""));
        Assert.All(service.Seen, s => Assert.Contains("MaxResults=5", s.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whole_answers_can_be_walked_too_but_only_once()
    {
        await using var service = await LoopbackService.Start(Page("r-1", "t"), Page("r-2", ""));
        using var ec2 = service.Ec2();
        var paginator = ec2.Paginators.DescribeInstances(new DescribeInstancesRequest());

        Assert.Equal(2, (await Collect(paginator.Responses)).Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Collect(paginator.Reservations));
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task A_token_that_comes_back_ends_the_walk_with_an_error()
    {
        await using var service = await LoopbackService.Start(Page("r-1", "same"));
        using var ec2 = service.Ec2();

        await Assert.ThrowsAsync<AmazonClientException>(() => Collect(ec2.Paginators.DescribeInstances(new DescribeInstancesRequest()).Responses));
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Every_paginator_reaches_its_second_page()
    {
        const string Status = "<DescribeInstanceStatusResponse><instanceStatusSet><item/></instanceStatusSet>{0}</DescribeInstanceStatusResponse>";
        const string Groups = "<DescribeSecurityGroupsResponse><securityGroupInfo><item/></securityGroupInfo>{0}</DescribeSecurityGroupsResponse>";
        const string Snapshots = "<DescribeSnapshotsResponse><snapshotSet><item/></snapshotSet>{0}</DescribeSnapshotsResponse>";
        const string Metrics = """{{"MetricDataResults":[{{}}]{0}}}""";
        const string Invocations = """{{"CommandInvocations":[{{}}]{0}}}""";
        const string Agents = """{{"InstanceInformationList":[{{}}]{0}}}""";
        await using var service = await LoopbackService.Start([.. Xml(Status), .. Xml(Groups), .. Xml(Snapshots), .. Json(Metrics), .. Json(Invocations), .. Json(Agents)]);
        using var ec2 = service.Ec2();
        using var cloudWatch = service.CloudWatch();
        using var ssm = service.Ssm();

        Assert.Equal(2, (await Collect(ec2.Paginators.DescribeInstanceStatus(new()).InstanceStatuses)).Count);
        Assert.Equal(2, (await Collect(ec2.Paginators.DescribeSecurityGroups(new()).SecurityGroups)).Count);
        Assert.Equal(2, (await Collect(ec2.Paginators.DescribeSnapshots(new()).Snapshots)).Count);
        Assert.Equal(2, (await Collect(cloudWatch.Paginators.GetMetricData(new()).MetricDataResults)).Count);
        Assert.Equal(2, (await Collect(ssm.Paginators.ListCommandInvocations(new()).CommandInvocations)).Count);
        Assert.Equal(2, (await Collect(ssm.Paginators.DescribeInstanceInformation(new()).InstanceInformationList)).Count);
        Assert.Equal(12, service.Seen.Count);
        Assert.Equal(6, service.Seen.Count(s => s.Body.Contains("NextToken", StringComparison.Ordinal)));
    }

    private static Answer Page(string? reservation, string? token) => new(
        200,
        $"<DescribeInstancesResponse><reservationSet>{(reservation is null ? "" : $"<item><reservationId>{reservation}</reservationId></item>")}</reservationSet>"
            + $"{(token is null ? "" : $"<nextToken>{token}</nextToken>")}</DescribeInstancesResponse>");

    private static Answer[] Xml(string body) => [new(200, string.Format(null, body, "<nextToken>t</nextToken>")), new(200, string.Format(null, body, ""))];

    private static Answer[] Json(string body) =>
        [new(200, string.Format(null, body, ",\"NextToken\":\"t\""), "application/x-amz-json-1.0"), new(200, string.Format(null, body, ""), "application/x-amz-json-1.0")];

    private static async Task<List<T>> Collect<T>(IAsyncEnumerable<T> source)
    {
        var list = new List<T>();
        await foreach (var item in source)
            list.Add(item);
        return list;
    }
}
