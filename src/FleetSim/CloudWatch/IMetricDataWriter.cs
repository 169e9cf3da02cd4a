namespace Watchdog.FleetSim.CloudWatch;

/// <summary>GetMetricData's answer in one protocol.</summary>
internal interface IMetricDataWriter
{
    /// <summary>One series; times in seconds since 1970, in the order of the values.</summary>
    void Series(string id, string label, ReadOnlySpan<long> times, ReadOnlySpan<double> values, string statusCode);

    /// <summary>Ends the answer.</summary>
    void End(string? nextToken);
}
