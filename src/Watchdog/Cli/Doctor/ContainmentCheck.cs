using System.Globalization;
using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>Whether each VPC with managed VMs has its containment group: without one, a quarantine there fails.</summary>
/// <param name="OfVm">The containment group of the first running VM's VPC; null when it has none.</param>
/// <param name="Checks">One a VPC.</param>
internal sealed record ContainmentCheck(string? OfVm, IReadOnlyList<Check> Checks)
{
    private const string Name = "quarantine group";

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
                checks.Add(Judge(scope, vpc.Key, vpc.Count(), groups));
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
            checks.Insert(0, Check.Ok("ec2:DescribeSecurityGroups", scope.Key, string.Create(CultureInfo.InvariantCulture, $"asked for {checks.Count} VPCs")));
        }

        return new(ofVm, checks);
    }

    private static Check Judge(Scope scope, string vpc, int vms, IReadOnlyList<string> groups)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"{vpc} with {vms} managed VMs");
        return groups switch
        {
            [var only] => Check.Ok(Name, scope.Key, $"{where}: {only}"),
            [] => Check.Wrong(Name, scope.Key, $"{where} has no group tagged {ContainmentGroups.RoleTag}={ContainmentGroups.Role}: its VMs cannot be quarantined", Commands(scope, vpc)),
            _ => Check.Wrong(Name, scope.Key, $"{where} has {groups.Count} groups tagged {ContainmentGroups.RoleTag}={ContainmentGroups.Role} ({string.Join(", ", groups)}), and Watchdog does not choose",
                $"aws ec2 delete-tags --region {scope.Region} --resources {string.Join(' ', groups.Skip(1))} --tags Key={ContainmentGroups.RoleTag}   # keeps {groups[0]}"),
        };
    }

    // A new group lets everything out: that rule goes, and only the way to SSM's endpoints comes back, so that the guest can still be looked into.
    private static string Commands(Scope scope, string vpc) => string.Join('\n',
        $"group=$(aws ec2 create-security-group --region {scope.Region} --vpc-id {vpc} --group-name watchdog-containment --description 'Watchdog: VMs in quarantine' "
            + $"--tag-specifications 'ResourceType=security-group,Tags=[{{Key={ContainmentGroups.RoleTag},Value={ContainmentGroups.Role}}}]' --query GroupId --output text)",
        $"aws ec2 revoke-security-group-egress --region {scope.Region} --group-id \"$group\" --ip-permissions 'IpProtocol=-1,IpRanges=[{{CidrIp=0.0.0.0/0}}]'",
        "# Then 443 to the VPC's SSM endpoints (com.amazonaws.REGION.ssm, ssmmessages, ec2messages), by the group that they carry:",
        $"aws ec2 describe-vpc-endpoints --region {scope.Region} --filters Name=vpc-id,Values={vpc} --query 'VpcEndpoints[].[ServiceName,Groups[].GroupId]'",
        $"aws ec2 authorize-security-group-egress --region {scope.Region} --group-id \"$group\" --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{{GroupId=GROUP-OF-THE-ENDPOINTS}}]'");
}
