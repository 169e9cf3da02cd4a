using Watchdog.Detectors.Facts;

namespace Watchdog.Sweeps.Recorded;

/// <summary>One row of <c>vms.csv</c>: what a detector may know of a recorded VM besides its metrics.</summary>
/// <param name="InstanceId">EC2's id; also the name of its metrics file.</param>
/// <param name="InstanceType">EC2's type name; null when the cell is empty.</param>
/// <param name="Vcpus">vCPUs, 1 to 1024.</param>
/// <param name="PeriodSeconds">Length of a period, 60 to 3600 and a multiple of 60.</param>
/// <param name="LaunchTime">Last launch, UTC; null when the cell is empty.</param>
public sealed record RecordedRow(string InstanceId, string? InstanceType, int Vcpus, int PeriodSeconds, DateTimeOffset? LaunchTime)
{
    internal VmFacts Facts => new(InstanceId, InstanceType, Vcpus, LaunchTime, Status: null);
}
