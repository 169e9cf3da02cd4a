using Amazon.CloudWatch.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace Watchdog.Aws;

/// <summary>What one attempt of a request costs: its action, the tokens that it takes from which buckets, and what is billed.</summary>
/// <param name="Action">IAM's name of the action, e.g. <c>ec2:DescribeInstances</c>.</param>
/// <param name="Resource">A second bucket, of resources or datapoints; null when there is none.</param>
/// <param name="ResourceTokens">Tokens from it.</param>
/// <param name="Metrics">Metrics requested from GetMetricData: the unit of its bill.</param>
internal readonly record struct CallCost(string Action, string? Resource, double ResourceTokens, int Metrics)
{
    /// <summary>Reads the cost off a request.</summary>
    public static CallCost Of(AmazonWebServiceRequest request)
    {
        var action = ActionOf(request);
        return request switch
        {
            GetMetricDataRequest metrics => OfMetrics(action, metrics),
            StopInstancesRequest stop => new(action, RateTable.InstancesOf(action), stop.InstanceIds?.Count ?? 0, 0),
            StartInstancesRequest start => new(action, RateTable.InstancesOf(action), start.InstanceIds?.Count ?? 0, 0),
            _ => new(action, null, 0, 0),
        };
    }

    private static string ActionOf(AmazonWebServiceRequest request)
    {
        var service = request switch
        {
            AmazonEC2Request => "ec2",
            AmazonSimpleSystemsManagementRequest => "ssm",
            _ => "cloudwatch",
        };
        // One that was paid for beforehand is still that action.
        var type = request is PrepaidGroupsRequest ? typeof(ModifyNetworkInterfaceAttributeRequest) : request.GetType();
        return $"{service}:{type.Name.Replace("Request", "", StringComparison.Ordinal)}";
    }

    private static CallCost OfMetrics(string action, GetMetricDataRequest request)
    {
        var queries = request.MetricDataQueries?.Count ?? 0;
        var span = (request.EndTime ?? default) - (request.StartTime ?? default);
        var period = request.MetricDataQueries is [{ MetricStat.Period: { } seconds }, ..] ? Math.Max(1, seconds) : 300;
        var points = queries * Math.Ceiling(Math.Max(0, span.TotalSeconds) / period);
        return new(action, span <= TimeSpan.FromHours(3) ? RateTable.RecentPoints : RateTable.OldPoints, points, queries);
    }
}
