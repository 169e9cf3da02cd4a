using Microsoft.Extensions.Options;
using Watchdog.Detectors.Facts;
using Watchdog.Detectors.Findings;
using Watchdog.Inventory;

namespace Watchdog.Detection;

/// <summary>
/// The health path, each minute and free: VMs whose status checks have failed for longer than a blip become suspects of death, to be
/// looked into at once. A status that nobody asked for lately makes nobody a suspect.
/// </summary>
public sealed class HealthLook(IOptions<DetectionOptions> options)
{
    /// <summary>Makes the suspects.</summary>
    public void Run(ShardView view)
    {
        foreach (var vm in view.Vms.Where(vm => view.Statuses.ContainsKey(vm.InstanceId)))
        {
            if (view.StatusOf(vm) is not { } status || !Fails(status) || IsBlip(status, view.Now))
            {
                continue;
            }

            var subject = view.SubjectOf(vm);
            if (subject.After is not { Stage: SuspectStage.Inspection })
            {
                subject.After = Begin(vm, status, subject.Before, view.Now);
            }
        }
    }

    /// <summary>Whether one of the three checks fails; a booting VM's and an unknown one do not.</summary>
    public static bool Fails(StatusFacts status) =>
        status.Instance == CheckState.Impaired || status.System == CheckState.Impaired || status.Ebs == CheckState.Impaired;

    private bool IsBlip(StatusFacts status, DateTimeOffset now) =>
        status.ImpairedSince is { } since && now - since < TimeSpan.FromMinutes(options.Value.BlipMinutes);

    private static Suspect Begin(Vm vm, StatusFacts status, Suspect? before, DateTimeOffset now)
    {
        var @class = status.System == CheckState.Impaired || status.Ebs == CheckState.Impaired ? FindingClass.HostFault : FindingClass.Panic;
        var detail = before is { Stage: SuspectStage.Triage or SuspectStage.Benign or SuspectStage.Recall } ? before.Detail with { JudgedAt = null } : new SuspectDetail();
        return new Suspect(vm.InstanceId, vm.Scope, vm.Shard, Finding.NameOf(@class), SuspectStage.Inspection,
            status.ImpairedSince ?? now, now, now, 0, null, detail);
    }
}
