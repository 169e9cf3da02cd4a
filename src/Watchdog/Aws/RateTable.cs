namespace Watchdog.Aws;

/// <summary>A bucket's size and refill, tokens and tokens a second.</summary>
internal readonly record struct Rate(double Size, double PerSecond);

/// <summary>
/// AWS's rates per account, Region and action. EC2's are from its API throttling guide and CloudWatch's from its quotas; SSM's are not
/// published: modest guesses that its own throttling corrects.
/// </summary>
internal static class RateTable
{
    /// <summary>GetMetricData's datapoints where the span is three hours at most.</summary>
    public const string RecentPoints = "cloudwatch:GetMetricData points, 3 h";
    /// <summary>GetMetricData's datapoints of longer spans.</summary>
    public const string OldPoints = "cloudwatch:GetMetricData points, older";

    private static readonly Rate Reading = new(100, 20);
    private static readonly Rate Mutating = new(50, 5);

    private static readonly Dictionary<string, Rate> Rates = new(StringComparer.Ordinal)
    {
        ["ec2:ModifyNetworkInterfaceAttribute"] = new(100, 5),
        ["ec2:CreateSnapshots"] = new(100, 5),
        ["ec2:CreateTags"] = new(100, 10),
        ["ec2:DeleteTags"] = new(100, 10),
        ["ec2:StartInstances"] = new(5, 2),
        [InstancesOf("ec2:StopInstances")] = new(1000, 20),
        [InstancesOf("ec2:StartInstances")] = new(1000, 2),
        ["cloudwatch:GetMetricData"] = new(50, 50),
        [RecentPoints] = new(180_000, 180_000),
        [OldPoints] = new(396_000, 396_000),
        ["ssm:SendCommand"] = new(5, 1),
        ["ssm:DescribeInstanceInformation"] = new(10, 5),
        ["ssm:GetCommandInvocation"] = new(20, 10),
    };

    /// <summary>The bucket of an action's resource tokens: one an instance.</summary>
    public static string InstancesOf(string action) => $"{action} instances";

    /// <summary>The rate of a bucket. EC2's reads and changes that the table does not name have their category's.</summary>
    public static Rate Of(string bucket) =>
        Rates.TryGetValue(bucket, out var rate) ? rate
        : bucket.Contains(":Describe", StringComparison.Ordinal) || bucket.Contains(":Get", StringComparison.Ordinal) ? Reading
        : Mutating;
}
