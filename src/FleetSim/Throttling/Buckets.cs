using System.Collections.Concurrent;
using System.Collections.Frozen;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Throttling;

/// <summary>
/// AWS's default quotas as token buckets on fleet time, one set for the account and Region.
/// Sources: EC2 Developer Guide, "Request throttling for the Amazon EC2 API"; CloudWatch quotas (GetMetricData 50 requests and
/// 180,000 datapoints a second, 396,000 for data older than three hours; GetMetricStatistics 400 requests). SSM publishes no figures for Run Command: 10 and 20 a second.
/// </summary>
internal sealed class Buckets(SimulatedRegionOptions options)
{
    public const string StopResources = "resources:StopInstances";
    public const string StartResources = "resources:StartInstances";
    public const string RecentDatapoints = "datapoints:recent";
    public const string OldDatapoints = "datapoints:old";

    private static readonly FrozenDictionary<string, (double Size, double PerSecond)> Quotas = new Dictionary<string, (double Size, double PerSecond)>
    {
        ["ec2:read"] = (100, 20),
        ["ec2:read-unpaged"] = (50, 10),
        ["ec2:write"] = (50, 5),
        ["ec2:ModifyNetworkInterfaceAttribute"] = (100, 5),
        ["ec2:CreateSnapshots"] = (100, 5),
        ["ec2:CreateTags"] = (100, 10),
        ["ec2:DeleteTags"] = (100, 10),
        ["ec2:StartInstances"] = (5, 2),
        [StopResources] = (1000, 20),
        [StartResources] = (1000, 2),
        ["cloudwatch:GetMetricData"] = (50, 50),
        ["cloudwatch:GetMetricStatistics"] = (400, 400),
        ["cloudwatch:PutMetricData"] = (500, 500),
        [RecentDatapoints] = (180_000, 180_000),
        [OldDatapoints] = (396_000, 396_000),
        ["ssm:write"] = (10, 10),
        ["ssm:read"] = (40, 20),
        ["sts"] = (100, 50),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> UnpagedMatters = new[]
    {
        "DescribeInstances", "DescribeInstanceStatus", "DescribeSecurityGroups", "DescribeSnapshots",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private long _refused;
    private long _datapoints;

    /// <summary>How often there was no token.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Datapoints that were asked for and granted.</summary>
    public long Datapoints => Interlocked.Read(ref _datapoints);

    /// <summary>Told of every taking and every refusal, on the request's own thread.</summary>
    public Action<TokensAsked>? Asked { get; set; }

    /// <summary>Takes one request token, or throws the service's throttling error. Each action has its own bucket.</summary>
    public void TakeRequest(Call call) => Take(call, $"{call.Name}|{QuotaOf(call)}", QuotaOf(call), 1);

    /// <summary>Takes tokens of a shared kind (instances to stop, datapoints), or throws.</summary>
    public void Take(Call call, string kind, double count)
    {
        Take(call, kind, kind, count);
        if (kind is RecentDatapoints or OldDatapoints)
            Interlocked.Add(ref _datapoints, (long)count);
    }

    public static AwsError Error(string service) => service switch
    {
        "ec2" => new AwsError(503, "RequestLimitExceeded", "Request limit exceeded."),
        "ssm" => new AwsError(400, "ThrottlingException", "Rate exceeded"),
        _ => new AwsError(400, "Throttling", "Rate exceeded"),
    };

    private void Take(Call call, string name, string quota, double count)
    {
        if (!options.RealTokenBuckets)
            return;
        var (size, perSecond) = (Quotas[quota].Size * options.QuotaFactor, Quotas[quota].PerSecond * options.QuotaFactor);
        if (!_buckets.TryGetValue(name, out var bucket))
            bucket = _buckets.GetOrAdd(name, _ => new Bucket(size, perSecond));
        var taken = bucket.TryTake(count, call.Now);
        Asked?.Invoke(new(call.Now, name, count, size, perSecond, call.AccessKeyId, !taken));
        if (!taken)
        {
            Interlocked.Increment(ref _refused);
            throw Error(call.Service);
        }
    }

    private static string QuotaOf(Call call)
    {
        if (Quotas.ContainsKey(call.Name))
            return call.Name;
        switch (call.Service)
        {
            case "sts":
                return "sts";
            case "ssm":
                return call.Action is "SendCommand" or "CancelCommand" ? "ssm:write" : "ssm:read";
            case "cloudwatch":
                return "cloudwatch:GetMetricData";
        }

        if (!call.Action.StartsWith("Describe", StringComparison.Ordinal) && !call.Action.StartsWith("Get", StringComparison.Ordinal))
            return "ec2:write";
        var unpaged = UnpagedMatters.Contains(call.Action) && call.Form is { } form && form.Get("MaxResults") is null && !form.AnyBelow("Filter.");
        return unpaged ? "ec2:read-unpaged" : "ec2:read";
    }
}
