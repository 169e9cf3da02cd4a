using System.Net;
using Amazon.CloudWatch.Model;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Watchdog.AwsClients.Tests.Loopback;

namespace Watchdog.AwsClients.Tests.Runtime;

public sealed class UnreadableAnswerTests
{
    private const string Instances =
        """
        <?xml version="1.0"?>
        <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><reservationSet><item>
        <instancesSet><item><instanceId>i-1</instanceId><unread><deep>x</deep></unread><tagSet/></item><item><instanceId>i-2</instanceId></item></instancesSet>
        </item></reservationSet></DescribeInstancesResponse>
        """;

    private const string Metrics =
        """{"MetricDataResults":[{"Id":"a","Timestamps":[1772354100,1772353800],"Values":[1.5,2],"StatusCode":"Complete","New":{"x":[1]}}],"Messages":[]}""";

    [Fact]
    public async Task No_beginning_of_an_inventory_page_is_taken_for_a_page()
    {
        var beginnings = Enumerable.Range(0, Instances.Length).Select(length => new Answer(200, Instances[..length]));
        await using var service = await LoopbackService.Start([.. beginnings, new Answer(200, Instances)]);
        using var ec2 = service.Ec2();

        for (var length = 0; length < Instances.Length; length++)
        {
            var e = await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));
            Assert.Equal(HttpStatusCode.OK, e.StatusCode);
        }

        var whole = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest());
        Assert.Equal(["i-1", "i-2"], whole.Reservations!.Single().Instances!.Select(i => i.InstanceId));
    }

    [Fact]
    public async Task No_beginning_of_a_metric_page_is_taken_for_a_page()
    {
        var beginnings = Enumerable.Range(0, Metrics.Length).Select(length => Json(Metrics[..length]));
        await using var service = await LoopbackService.Start([.. beginnings, Json(Metrics)]);
        using var cloudWatch = service.CloudWatch();

        for (var length = 0; length < Metrics.Length; length++)
        {
            var e = await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => cloudWatch.GetMetricDataAsync(new GetMetricDataRequest()));
            Assert.Equal(HttpStatusCode.OK, e.StatusCode);
        }

        Assert.Equal([1.5, 2], (await cloudWatch.GetMetricDataAsync(new GetMetricDataRequest())).MetricDataResults!.Single().Values!);
    }

    [Theory]
    [InlineData("<DescribeInstancesResponse/><more/>")]
    [InlineData("<DescribeTagsResponse><requestId>r</requestId></DescribeTagsResponse>")]
    [InlineData("<html><body>Sign in to the airport's network</body></html>")]
    [InlineData("{\"message\":\"not XML\"}")]
    [InlineData("<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><DescribeInstancesResponse><nextToken>&e;</nextToken></DescribeInstancesResponse>")]
    [InlineData("<DescribeInstancesResponse>text where elements belong</DescribeInstancesResponse>")]
    [InlineData("<DescribeInstancesResponse><reservationSet>x</reservationSet></DescribeInstancesResponse>")]
    [InlineData("<DescribeInstancesResponse><reservationSet><item><instancesSet><item><launchTime>soon</launchTime></item></instancesSet></item></reservationSet></DescribeInstancesResponse>")]
    [InlineData("<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceState><code>99999999999</code></instanceState></item></instancesSet></item></reservationSet></DescribeInstancesResponse>")]
    public async Task Garbage_in_place_of_an_inventory_page_is_refused(string body)
    {
        await using var service = await LoopbackService.Start(new Answer(200, body));
        using var ec2 = service.Ec2();

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("<html/>")]
    [InlineData("""{"MetricDataResults":{}}""")]
    [InlineData("""{"MetricDataResults":[1]}""")]
    [InlineData("""{"MetricDataResults":[{"Values":["many"]}]}""")]
    [InlineData("""{"MetricDataResults":[{"Timestamps":[1e30]}]}""")]
    [InlineData("""{"NextToken":7}""")]
    public async Task Garbage_in_place_of_a_metric_page_is_refused(string body)
    {
        await using var service = await LoopbackService.Start(Json(body));
        using var cloudWatch = service.CloudWatch();

        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => cloudWatch.GetMetricDataAsync(new GetMetricDataRequest()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(300)]
    public async Task A_connection_that_breaks_inside_the_body_is_tried_again(int length)
    {
        await using var service = await LoopbackService.Start(
            new Answer(200, Instances[..length]) { MissingBytes = 1000 },
            new Answer(200, Instances[..length]),
            new Answer(200, Instances));
        using var ec2 = service.Ec2(retries: 2);

        var page = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest());

        Assert.Equal(2, page.Reservations!.Single().Instances!.Count);
        Assert.Equal(3, service.Seen.Count);
    }

    [Fact]
    public async Task A_body_that_stays_cut_off_is_an_error_after_the_last_retry()
    {
        await using var service = await LoopbackService.Start(new Answer(200, Instances[..300]) { MissingBytes = 1000 });
        using var ec2 = service.Ec2(retries: 1);

        var e = await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));

        Assert.Equal(HttpStatusCode.OK, e.StatusCode);
        Assert.Equal("DescribeInstances", e.LastKnownLocation);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Text_that_is_no_text_spoils_only_itself()
    {
        await using var service = await LoopbackService.Start(Json(
            """{"MetricDataResults":[{"Id":"a","Label":"half \ud83d a pair"},{"Id":"b","Label":"whole"}]}"""));
        using var cloudWatch = service.CloudWatch();

        var results = (await cloudWatch.GetMetricDataAsync(new GetMetricDataRequest())).MetricDataResults!;

        Assert.Equal(["half \\ud83d a pair", "whole"], results.Select(r => r.Label));
    }

    private static Answer Json(string body) => new(200, body, "application/x-amz-json-1.0");
}
