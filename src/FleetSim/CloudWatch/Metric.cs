using Watchdog.FleetSim.Fleet;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.CloudWatch;

/// <summary>The metrics that AWS/EC2 has here.</summary>
internal enum Metric
{
    None,
    CpuUtilization,
    NetworkIn,
    NetworkOut,
    NetworkPacketsIn,
    NetworkPacketsOut,
    ReadOps,
    WriteOps,
    CreditBalance,
    CreditUsage,
    SurplusCreditBalance,
    StatusCheckFailed,
    StatusCheckFailedInstance,
    StatusCheckFailedSystem,
    StatusCheckFailedEbs,
}

internal static class Metrics
{
    private const double BytesAPacket = 900;

    /// <summary>The metric of a name for a type; <see cref="Metric.None"/> when such an instance does not publish it.</summary>
    public static Metric Of(string name, string instanceType) => name switch
    {
        "CPUUtilization" => Metric.CpuUtilization,
        "NetworkIn" => Metric.NetworkIn,
        "NetworkOut" => Metric.NetworkOut,
        "NetworkPacketsIn" => Metric.NetworkPacketsIn,
        "NetworkPacketsOut" => Metric.NetworkPacketsOut,
        "EBSReadOps" when InstanceTypes.IsNitro(instanceType) => Metric.ReadOps,
        "EBSWriteOps" when InstanceTypes.IsNitro(instanceType) => Metric.WriteOps,
        "DiskReadOps" when !InstanceTypes.IsNitro(instanceType) => Metric.ReadOps,
        "DiskWriteOps" when !InstanceTypes.IsNitro(instanceType) => Metric.WriteOps,
        "CPUCreditBalance" => Metric.CreditBalance,
        "CPUCreditUsage" => Metric.CreditUsage,
        "CPUSurplusCreditBalance" => Metric.SurplusCreditBalance,
        "StatusCheckFailed" => Metric.StatusCheckFailed,
        "StatusCheckFailed_Instance" => Metric.StatusCheckFailedInstance,
        "StatusCheckFailed_System" => Metric.StatusCheckFailedSystem,
        "StatusCheckFailed_AttachedEBS" when InstanceTypes.IsNitro(instanceType) => Metric.StatusCheckFailedEbs,
        _ => Metric.None,
    };

    /// <summary>Seconds between points: basic monitoring's 300; status checks come each minute for all.</summary>
    public static int PeriodOf(Metric metric) => metric >= Metric.StatusCheckFailed ? 60 : 300;

    /// <summary>CloudWatch's unit of the metric of a name.</summary>
    public static string UnitOf(string name) => name switch
    {
        "CPUUtilization" => "Percent",
        "NetworkIn" or "NetworkOut" => "Bytes",
        _ => "Count",
    };

    /// <summary>Whether the value counts something over the period (its Sum is the total) rather than measures a level (its Average is).</summary>
    public static bool IsCount(Metric metric) =>
        metric is Metric.NetworkIn or Metric.NetworkOut or Metric.NetworkPacketsIn or Metric.NetworkPacketsOut or Metric.ReadOps or Metric.WriteOps;

    /// <summary>Samples behind one point: five one-minute samples for what the hypervisor meters, one for the rest.</summary>
    public static int SamplesOf(Metric metric) => metric is >= Metric.CreditBalance ? 1 : 5;

    /// <summary>The value of the period that ends at the moment: total of a count, mean of a level; null when there is none.</summary>
    public static double? Value(Metric metric, in VmMoment at) => metric switch
    {
        Metric.CpuUtilization => at.Vm.Behaviour.LoadOf(at).Cpu,
        Metric.NetworkIn => at.Vm.Behaviour.LoadOf(at).NetworkIn,
        Metric.NetworkOut => at.Vm.Behaviour.LoadOf(at).NetworkOut,
        Metric.NetworkPacketsIn => Math.Ceiling(at.Vm.Behaviour.LoadOf(at).NetworkIn / BytesAPacket),
        Metric.NetworkPacketsOut => Math.Ceiling(at.Vm.Behaviour.LoadOf(at).NetworkOut / BytesAPacket),
        Metric.ReadOps => at.Vm.Behaviour.LoadOf(at).DiskReadOps,
        Metric.WriteOps => at.Vm.Behaviour.LoadOf(at).DiskWriteOps,
        Metric.CreditBalance => at.Vm.Behaviour.LoadOf(at).CreditBalance,
        // One credit is one vCPU at 100 % for a minute.
        Metric.CreditUsage => at.Vm.Behaviour.LoadOf(at) is { CreditBalance: not null } load ? load.Cpu / 100 * at.Vm.Vcpus * 5 : null,
        Metric.SurplusCreditBalance => at.Vm.Behaviour.LoadOf(at).SurplusCredits,
        Metric.StatusCheckFailed => Flag(at.Vm.Behaviour.StatusOf(at) is { Instance: true } or { System: true } or { Ebs: true }),
        Metric.StatusCheckFailedInstance => Flag(at.Vm.Behaviour.StatusOf(at).Instance),
        Metric.StatusCheckFailedSystem => Flag(at.Vm.Behaviour.StatusOf(at).System),
        Metric.StatusCheckFailedEbs => Flag(at.Vm.Behaviour.StatusOf(at).Ebs),
        _ => null,
    };

    private static double Flag(bool failed) => failed ? 1 : 0;
}
