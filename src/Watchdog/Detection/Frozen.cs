using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Screening;

namespace Watchdog.Detection;

/// <summary>What a verdict stood on, as it was then: a reviewer sees this, not what CloudWatch and the guest say later.</summary>
public sealed record Frozen(
    string InstanceType, int Vcpus, DateTimeOffset LaunchTime, StatusFacts? Status, ScreenResult? Screen, TriageResult? Triage,
    HypervisorFacts? Hypervisor, GuestReading? Guest, string? Console, Points Cpu, Points NetworkIn, Points NetworkOut)
{
    /// <summary>The subject's facts as JSON.</summary>
    public static string Of(Subject subject) => FrozenJson.Write(new Frozen(
        subject.Vm.InstanceType, subject.Vm.Vcpus, subject.Vm.LaunchTime, subject.Status, subject.Screen, subject.Judged?.Triage,
        subject.Judged?.Hypervisor, subject.Judged?.Guest, subject.Judged?.Console.Tail, subject.Cpu, subject.NetworkIn, subject.NetworkOut));
}
