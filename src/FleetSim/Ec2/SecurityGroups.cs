using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>DescribeSecurityGroups: by ids or filters.</summary>
internal static class SecurityGroups
{
    public static void Describe(Call call, XmlOut xml)
    {
        var paging = Paging.OfEc2(call, "GroupId");
        var filters = FilterFields.Read(call.Fields);
        var ids = call.Fields.List("GroupId");
        if (ids.Find(id => call.Region.Network.Find(id) is null) is { } unknown)
            throw new AwsError(400, "InvalidGroup.NotFound", $"The security group '{unknown}' does not exist");
        var matching = call.Region.Network.Groups
            .Where(g => ids.Count == 0 || ids.Contains(g.Id))
            .Where(g => filters.TrueForAll(f => Matches(call, f, g)))
            .ToList();
        xml.Open("securityGroupInfo"u8);
        foreach (var group in matching.Skip(paging.Start).Take(paging.Size))
            Write(call, xml, group);
        xml.Close("securityGroupInfo"u8);
        if (paging.Start + paging.Size < matching.Count)
            xml.Text("nextToken"u8, paging.TokenAt(paging.Start + paging.Size));
    }

    private static bool Matches(Call call, FilterFields filter, SecurityGroup group) => filter.Name switch
    {
        "group-id" => filter.Any(group.Id),
        "group-name" => filter.Any(group.Name),
        "vpc-id" => filter.Any(group.VpcId),
        "owner-id" => filter.Any(call.Region.Options.AccountId),
        "description" => filter.Any(group.Name),
        "tag-key" => filter.Any(call.Region.OtherTagsAt(group.Id, call.Seen).Keys),
        _ when filter.TagName is { } tag => filter.Any(call.Region.OtherTagsAt(group.Id, call.Seen).GetValueOrDefault(tag)),
        _ => throw FilterFields.Unknown(filter.Name),
    };

    private static void Write(Call call, XmlOut xml, SecurityGroup group)
    {
        xml.Open("item"u8);
        xml.Text("ownerId"u8, call.Region.Options.AccountId);
        xml.Text("groupId"u8, group.Id);
        xml.Text("groupName"u8, group.Name);
        xml.Text("groupDescription"u8, group.Name);
        xml.Text("vpcId"u8, group.VpcId);
        Rules(xml, "ipPermissions"u8, group.Role switch
        {
            GroupRole.Containment => Rule.None,
            GroupRole.Conversion => Rule.All,
            _ => Rule.Ssh,
        });
        Rules(xml, "ipPermissionsEgress"u8, group.Role == GroupRole.Containment ? Rule.Https : Rule.All);
        InstanceXml.Tags(xml, call.Region.OtherTagsAt(group.Id, call.Seen));
        xml.Close("item"u8);
    }

    private static void Rules(XmlOut xml, ReadOnlySpan<byte> name, Rule rule)
    {
        xml.Open(name);
        xml.Raw(rule switch
        {
            Rule.All => "<item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges><prefixListIds/></item>"u8,
            Rule.Ssh => "<item><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges/><prefixListIds/></item>"u8,
            Rule.Https => "<item><ipProtocol>tcp</ipProtocol><fromPort>443</fromPort><toPort>443</toPort><groups/><ipRanges><item><cidrIp>10.255.0.0/28</cidrIp><description>SSM endpoints</description></item></ipRanges><ipv6Ranges/><prefixListIds/></item>"u8,
            _ => default,
        });
        xml.Close(name);
    }

    private enum Rule
    {
        None,
        All,
        Ssh,
        Https,
    }
}
