namespace Watchdog.Sweeps.Recorded;

/// <summary>One row of <c>vms.csv</c>: what a detector may know of a recorded VM besides its metrics.</summary>
/// <param name="InstanceId">EC2's id; also the name of its metrics file.</param>
/// <param name="InstanceType">EC2's type name; null when the cell is empty.</param>
/// <param name="Vcpus">vCPUs, 1 to 1024.</param>
/// <param name="PeriodSeconds">Length of a period, 60 to 3600 and a multiple of 60.</param>
/// <param name="LaunchTime">Last launch, UTC; null when the cell is empty.</param>
public sealed record RecordedVm(string InstanceId, string? InstanceType, int Vcpus, int PeriodSeconds, DateTimeOffset? LaunchTime);

/// <summary>A recorded VM's points on its period's grid; a point without a row is NaN.</summary>
/// <param name="Vm">The VM.</param>
/// <param name="Start">Start of the first period that has any point.</param>
/// <param name="Periods">Number of periods up to the last that has any point; 0 for a VM without points.</param>
/// <param name="Metrics">CloudWatch's metric name to one value a period, oldest first.</param>
public sealed record RecordedMetrics(RecordedVm Vm, DateTimeOffset Start, int Periods, IReadOnlyDictionary<string, float[]> Metrics);
