using System.Globalization;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>Whether each VPC with managed VMs has its two groups, exactly one of each: without them, a quarantine there fails.</summary>
/// <param name="OfVm">The containment group of the first running VM's VPC; null when it has none.</param>
/// <param name="Checks">Two a VPC.</param>
internal sealed record ContainmentCheck(string? OfVm, IReadOnlyList<Check> Checks)
{
    /// <summary>Value of <see cref="ContainmentGroups.RoleTag"/> on the group that an interface passes through on its way into quarantine.</summary>
    public const string ConversionRole = "conversion";

    public static async Task<ContainmentCheck> RunAsync(IServiceProvider services, Scope scope, FleetLook fleet, CancellationToken ct)
    {
        var actuator = services.GetRequiredService<IActuator>();
        List<Check> checks = [];
        string? ofVm = null;
        foreach (var vpc in fleet.Vms.Where(vm => vm.VpcId is not null).GroupBy(vm => vm.VpcId!).OrderBy(vpc => vpc.Key, StringComparer.Ordinal))
        {
            try
            {
                var groups = await actuator.FindGroupsAsync(scope, vpc.Key, ContainmentGroups.Role, ct);
                checks.Add(Judge(scope, vpc.Key, vpc.Count(), ContainmentGroups.Role, groups));
                checks.Add(Judge(scope, vpc.Key, vpc.Count(), ConversionRole, await actuator.FindGroupsAsync(scope, vpc.Key, ConversionRole, ct)));
                ofVm = vpc.Key == fleet.Example?.VpcId && groups is [var only] ? only : ofVm;
            }
            catch (ActuatorException e)
            {
                checks.Add(PermissionChecks.Of(scope, "ec2:DescribeSecurityGroups", e));
                return new(ofVm, checks);
            }
        }

        if (checks.Count > 0)
        {
            checks.Insert(0, Check.Ok("ec2:DescribeSecurityGroups", scope.Key, string.Create(CultureInfo.InvariantCulture, $"asked for {checks.Count / 2} VPCs")));
        }

        return new(ofVm, checks);
    }

    /// <summary>One of a VPC's groups.</summary>
    public static Check Judge(Scope scope, string vpc, int vms, string role, IReadOnlyList<string> groups)
    {
        var name = $"{role} group";
        var where = string.Create(CultureInfo.InvariantCulture, $"{vpc} with {vms} managed VMs");
        return groups switch
        {
            [var only] => Check.Ok(name, scope.Key, $"{where}: {only}"),
            [] => Check.Wrong(name, scope.Key, $"{where} has no group tagged {ContainmentGroups.RoleTag}={role}: its VMs cannot be quarantined",
                role == ConversionRole ? GroupCommands.Conversion(scope, vpc) : GroupCommands.Containment(scope, vpc)),
            _ => Check.Wrong(name, scope.Key, $"{where} has {groups.Count} groups tagged {ContainmentGroups.RoleTag}={role} ({string.Join(", ", groups)}), and Watchdog does not choose",
                $"aws ec2 delete-tags --region {scope.Region} --resources {string.Join(' ', groups.Skip(1))} --tags Key={ContainmentGroups.RoleTag}   # keeps {groups[0]}"),
        };
    }
}
