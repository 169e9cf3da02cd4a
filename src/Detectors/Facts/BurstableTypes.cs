namespace Watchdog.Detectors.Facts;

/// <summary>The burstable types' CPU baselines, from AWS's "Key concepts for burstable performance instances".</summary>
public static class BurstableTypes
{
    /// <summary>Baseline utilisation of one vCPU, percent; this is also where CPUUtilization settles when a standard-mode VM is out of credits.</summary>
    /// <param name="instanceType">EC2's type name, e.g. <c>t3.medium</c>; null when unknown.</param>
    /// <returns>NaN for a type that has no credits or is unknown.</returns>
    public static float BaselinePercent(string? instanceType) => instanceType switch
    {
        "t2.nano" => 5,
        "t2.micro" => 10,
        "t2.small" => 20,
        "t2.medium" => 20,
        "t2.large" => 30,
        "t2.xlarge" => 22.5f,
        "t2.2xlarge" => 17,
        "t3.nano" or "t3a.nano" or "t4g.nano" => 5,
        "t3.micro" or "t3a.micro" or "t4g.micro" => 10,
        "t3.small" or "t3a.small" or "t4g.small" => 20,
        "t3.medium" or "t3a.medium" or "t4g.medium" => 20,
        "t3.large" or "t3a.large" or "t4g.large" => 30,
        "t3.xlarge" or "t3a.xlarge" or "t4g.xlarge" => 40,
        "t3.2xlarge" or "t3a.2xlarge" or "t4g.2xlarge" => 40,
        _ => float.NaN,
    };
}
