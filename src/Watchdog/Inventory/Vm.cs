namespace Watchdog.Inventory;

/// <summary>A VM as table <c>vm</c> keeps it: what every room may know without asking AWS.</summary>
public sealed record Vm(
    string InstanceId, short Scope, short Shard, string Owner, string? Plan, string State, DateTimeOffset StateSince,
    string InstanceType, int Vcpus, string? ImageId, string? Zone, string? VpcId, DateTimeOffset LaunchTime,
    string? AutoScalingGroup);
