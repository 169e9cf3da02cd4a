using System.Globalization;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>The managed VMs of a scope, and whether they may be listed at all.</summary>
/// <param name="Vms">Those that exist; empty when they could not be listed.</param>
/// <param name="Fault">Why they could not be listed; null when they could.</param>
/// <param name="Checks">What the listings say.</param>
internal sealed record FleetLook(IReadOnlyList<ListedVm> Vms, FleetSourceException? Fault, IReadOnlyList<Check> Checks)
{
    /// <summary>The VM that permissions are tried on; null when there is none. A running one has everything there is to try.</summary>
    public ListedVm? Example => Vms.FirstOrDefault(vm => vm.State == VmStates.Running && vm.VpcId is not null) ?? (Vms is [var first, ..] ? first : null);

    public static async Task<FleetLook> TakeAsync(IFleetSource source, Scope scope, CancellationToken ct)
    {
        List<ListedVm> vms = [];
        List<Check> checks = [];
        FleetSourceException? fault = null;
        try
        {
            await foreach (var page in source.ListAsync(scope, ct))
            {
                vms.AddRange(page.Where(vm => !VmStates.IsGone(vm.State)));
            }

            checks.Add(Check.Ok("ec2:DescribeInstances", scope.Key, string.Create(CultureInfo.InvariantCulture, $"{vms.Count} managed VMs")));
        }
        catch (FleetSourceException e)
        {
            fault = e;
            checks.Add(PermissionChecks.Of(scope, "ec2:DescribeInstances", e));
        }

        try
        {
            var impaired = fault is null ? (await source.ListStatusAsync(scope, ct)).Count : 0;
            checks.Add(fault is null
                ? Check.Ok("ec2:DescribeInstanceStatus", scope.Key, string.Create(CultureInfo.InvariantCulture, $"{impaired} VMs that do not pass"))
                : Check.Unknown("ec2:DescribeInstanceStatus", scope.Key, "not asked: the VMs could not be listed"));
        }
        catch (FleetSourceException e)
        {
            checks.Add(PermissionChecks.Of(scope, "ec2:DescribeInstanceStatus", e));
        }

        return new(vms, fault, checks);
    }
}
