using System.Net;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Watchdog.AwsClients.Tests.Loopback;

namespace Watchdog.AwsClients.Tests.Runtime;

public sealed class RetryTests
{
    private const string Throttle =
        "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors><RequestID>r</RequestID></Response>";

    private const string Empty = "<DescribeInstancesResponse><requestId>ok</requestId></DescribeInstancesResponse>";

    [Fact]
    public async Task A_throttled_call_is_tried_again_and_the_body_is_sent_again()
    {
        await using var service = await LoopbackService.Start(new Answer(503, Throttle), new Answer(200, Empty));
        using var ec2 = service.Ec2(retries: 2);

        var page = await ec2.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = 5 });

        Assert.Equal("ok", page.ResponseMetadata.RequestId);
        Assert.Null(page.Reservations);
        Assert.Equal(2, service.Seen.Count);
        Assert.Single(service.Seen.Select(s => s.Body).Distinct());
    }

    [Fact]
    public async Task A_pooled_body_survives_a_retry()
    {
        await using var service = await LoopbackService.Start(
            new Answer(500, """{"__type":"InternalServiceFault"}""", "application/x-amz-json-1.0"), new Answer(200, "{}", "application/x-amz-json-1.0"));
        using var cloudWatch = service.CloudWatch(retries: 2);
        var queries = Enumerable.Range(0, 500).Select(i => new MetricDataQuery { Id = $"q{i}", Expression = new string('x', 100) }).ToList();

        await cloudWatch.GetMetricDataAsync(new GetMetricDataRequest { MetricDataQueries = queries });

        var bodies = service.Seen.Select(s => s.Body).ToList();
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
        Assert.Contains("\"q499\"", bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_without_retries_sends_a_throttled_call_once()
    {
        await using var service = await LoopbackService.Start(new Answer(503, Throttle), new Answer(200, Empty));
        using var ec2 = service.Ec2(retries: 0);

        var e = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));

        Assert.Equal("RequestLimitExceeded", e.ErrorCode);
        Assert.Single(service.Seen);
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("<html><h1>503 Service Unavailable</h1></html>", "text/html")]
    [InlineData("<Response><Errors><Error><Code>Unavail", "text/xml")]
    public async Task An_error_that_says_nothing_readable_is_known_by_its_status(string body, string type)
    {
        await using var service = await LoopbackService.Start(new Answer(503, body, type));
        using var ec2 = service.Ec2();
        using var cloudWatch = service.CloudWatch();

        var ofEc2 = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeInstancesAsync(new DescribeInstancesRequest()));
        var ofCloudWatch = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => cloudWatch.GetMetricDataAsync(new GetMetricDataRequest()));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ofEc2.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ofCloudWatch.StatusCode);
        Assert.Equal(ErrorType.Receiver, ofCloudWatch.ErrorType);
        Assert.Null(ofCloudWatch.ErrorCode);
    }

    [Fact]
    public async Task A_handler_put_inside_the_retries_sees_every_attempt()
    {
        await using var service = await LoopbackService.Start(new Answer(503, Throttle), new Answer(503, Throttle), new Answer(200, Empty));
        var inside = new Attempts(service.Url);
        RuntimePipelineCustomizerRegistry.Instance.Register(inside);
        try
        {
            using var ec2 = service.Ec2(retries: 2);
            await ec2.DescribeInstancesAsync(new DescribeInstancesRequest());
        }
        finally
        {
            RuntimePipelineCustomizerRegistry.Instance.Deregister(inside);
        }

        Assert.Equal(["DescribeInstancesRequest", "DescribeInstancesRequest", "DescribeInstancesRequest"], inside.Seen);
    }

    /// <summary>Sits right inside the retries, and counts for one address: other tests make clients meanwhile.</summary>
    private sealed class Attempts(string url) : IRuntimePipelineCustomizer
    {
        public List<string> Seen { get; } = [];

        public string UniqueName => url;

        public void Customize(Type type, RuntimePipeline pipeline)
        {
            if (type == typeof(AmazonEC2Client))
                pipeline.AddHandlerAfter<RetryHandler>(new Counter(this));
        }

        private sealed class Counter(Attempts attempts) : PipelineHandler
        {
            public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
            {
                if (executionContext.RequestContext.ClientConfig.ServiceURL.TrimEnd('/') == attempts.UniqueName.TrimEnd('/'))
                    attempts.Seen.Add(executionContext.RequestContext.RequestName);
                return base.InvokeAsync<T>(executionContext);
            }
        }
    }
}
