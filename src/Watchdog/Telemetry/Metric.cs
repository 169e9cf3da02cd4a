namespace Watchdog.Telemetry;

/// <summary>CloudWatch metrics of namespace AWS/EC2 that Watchdog reads; names and units are CloudWatch's.</summary>
public enum Metric
{
    /// <summary>CPUUtilization, percent, Average.</summary>
    CPUUtilization,
    /// <summary>NetworkIn, bytes a period, Sum.</summary>
    NetworkIn,
    /// <summary>NetworkOut, bytes a period, Sum.</summary>
    NetworkOut,
    /// <summary>DiskReadOps, operations a period, Sum (instance store; Xen types also EBS).</summary>
    DiskReadOps,
    /// <summary>DiskWriteOps, operations a period, Sum.</summary>
    DiskWriteOps,
    /// <summary>EBSReadOps, operations a period, Sum (Nitro).</summary>
    EBSReadOps,
    /// <summary>EBSWriteOps, operations a period, Sum (Nitro).</summary>
    EBSWriteOps,
    /// <summary>CPUCreditBalance, credits, Average (t-class).</summary>
    CPUCreditBalance,
    /// <summary>CPUSurplusCreditBalance, credits, Average (t-class, unlimited).</summary>
    CPUSurplusCreditBalance,
}
