using Watchdog.Enforcement;
using Watchdog.Inventory;

namespace Watchdog.Cli.Doctor;

/// <summary>The commands that make a VPC's two groups. Whoever runs them needs more permissions than the worker has.</summary>
internal static class GroupCommands
{
    /// <summary>The way into the containment group: an allow-all group, which turns tracked flows into untracked ones.</summary>
    public static string Conversion(Scope scope, string vpc) => string.Join('\n',
        Create(scope, vpc, "watchdog-conversion", "Watchdog: passed through on the way into quarantine", ContainmentCheck.ConversionRole),
        "# All traffic in and out, IPv4 and IPv6: only so do flows end when the containment group follows. IPv4 out is there already.",
        $"aws ec2 authorize-security-group-ingress --region {scope.Region} --group-id \"$group\" --ip-permissions "
            + "'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}],Ipv6Ranges=[{CidrIpv6=::/0}]'",
        $"aws ec2 authorize-security-group-egress --region {scope.Region} --group-id \"$group\" --ip-permissions 'IpProtocol=-1,Ipv6Ranges=[{{CidrIpv6=::/0}}]'");

    /// <summary>A new group lets everything out: that goes, and only the way to SSM's endpoints comes back, so that the guest can still be looked into.</summary>
    public static string Containment(Scope scope, string vpc) => string.Join('\n',
        Create(scope, vpc, "watchdog-containment", "Watchdog: VMs in quarantine", ContainmentGroups.Role),
        $"aws ec2 revoke-security-group-egress --region {scope.Region} --group-id \"$group\" --ip-permissions 'IpProtocol=-1,IpRanges=[{{CidrIp=0.0.0.0/0}}]'",
        "# In a VPC with IPv6, the other half of it:",
        $"aws ec2 revoke-security-group-egress --region {scope.Region} --group-id \"$group\" --ip-permissions 'IpProtocol=-1,Ipv6Ranges=[{{CidrIpv6=::/0}}]'",
        "# Then 443 to the VPC's SSM endpoints (com.amazonaws.REGION.ssm, ssmmessages, ec2messages), by the group that they carry:",
        $"aws ec2 describe-vpc-endpoints --region {scope.Region} --filters Name=vpc-id,Values={vpc} --query 'VpcEndpoints[].[ServiceName,Groups[].GroupId]'",
        $"aws ec2 authorize-security-group-egress --region {scope.Region} --group-id \"$group\" --ip-permissions "
            + "'IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=GROUP-OF-THE-ENDPOINTS}]'",
        "# That group must let the VMs in quarantine in:",
        $"aws ec2 authorize-security-group-ingress --region {scope.Region} --group-id GROUP-OF-THE-ENDPOINTS --ip-permissions "
            + "\"IpProtocol=tcp,FromPort=443,ToPort=443,UserIdGroupPairs=[{GroupId=$group}]\"",
        "# Endpoints in another VPC: put their addresses into a prefix list, and that in the place of UserIdGroupPairs (PrefixListIds=[{PrefixListId=pl-...}]):",
        $"aws ec2 create-managed-prefix-list --region {scope.Region} --prefix-list-name watchdog-ssm --address-family IPv4 --max-entries 6 --entries Cidr=ENDPOINT-ADDRESS/32",
        "# Without endpoints there is no narrow rule, as AWS publishes no prefix list of SSM's public addresses: the agent falls silent, and what came of a quarantine cannot be verified.");

    private static string Create(Scope scope, string vpc, string name, string description, string role) =>
        $"group=$(aws ec2 create-security-group --region {scope.Region} --vpc-id {vpc} --group-name {name} --description '{description}' "
        + $"--tag-specifications 'ResourceType=security-group,Tags=[{{Key={ContainmentGroups.RoleTag},Value={role}}}]' --query GroupId --output text)";
}
