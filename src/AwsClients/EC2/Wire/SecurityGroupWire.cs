using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>DescribeSecurityGroups.</summary>
internal static class SecurityGroupWire
{
    internal static void Write(QueryForm form, DescribeSecurityGroupsRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddFilters(request.Filters);
        form.AddList("GroupId", request.GroupIds);
        form.Add("MaxResults", request.MaxResults);
        form.Add("NextToken", request.NextToken);
    }

    internal static bool Page(XmlReader r, DescribeSecurityGroupsResponse x)
    {
        switch (r.LocalName)
        {
            case "securityGroupInfo": x.SecurityGroups = Xml.List(r, x.SecurityGroups, Group); return true;
            case "nextToken": x.NextToken = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Group(XmlReader r, SecurityGroup x)
    {
        switch (r.LocalName)
        {
            case "groupDescription": x.Description = Xml.Text(r); return true;
            case "groupId": x.GroupId = Xml.Text(r); return true;
            case "groupName": x.GroupName = Xml.Text(r); return true;
            case "ipPermissions": x.IpPermissions = Xml.List(r, x.IpPermissions, Rule); return true;
            case "ipPermissionsEgress": x.IpPermissionsEgress = Xml.List(r, x.IpPermissionsEgress, Rule); return true;
            case "ownerId": x.OwnerId = Xml.Text(r); return true;
            case "tagSet": x.Tags = Xml.List(r, x.Tags, CommonWire.Tag); return true;
            case "vpcId": x.VpcId = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Rule(XmlReader r, IpPermission x)
    {
        switch (r.LocalName)
        {
            case "fromPort": x.FromPort = Xml.Int(r); return true;
            case "groups": x.UserIdGroupPairs = Xml.List(r, x.UserIdGroupPairs, Pair); return true;
            case "ipProtocol": x.IpProtocol = Xml.Text(r); return true;
            case "ipRanges": x.Ipv4Ranges = Xml.List(r, x.Ipv4Ranges, Range); return true;
            case "ipv6Ranges": x.Ipv6Ranges = Xml.List(r, x.Ipv6Ranges, Range6); return true;
            case "prefixListIds": x.PrefixListIds = Xml.List(r, x.PrefixListIds, PrefixList); return true;
            case "toPort": x.ToPort = Xml.Int(r); return true;
            default: return false;
        }
    }

    private static bool Range(XmlReader r, IpRange x)
    {
        switch (r.LocalName)
        {
            case "cidrIp": x.CidrIp = Xml.Text(r); return true;
            case "description": x.Description = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Range6(XmlReader r, Ipv6Range x)
    {
        switch (r.LocalName)
        {
            case "cidrIpv6": x.CidrIpv6 = Xml.Text(r); return true;
            case "description": x.Description = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool PrefixList(XmlReader r, PrefixListId x)
    {
        switch (r.LocalName)
        {
            case "prefixListId": x.Id = Xml.Text(r); return true;
            case "description": x.Description = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Pair(XmlReader r, UserIdGroupPair x)
    {
        switch (r.LocalName)
        {
            case "description": x.Description = Xml.Text(r); return true;
            case "groupId": x.GroupId = Xml.Text(r); return true;
            case "groupName": x.GroupName = Xml.Text(r); return true;
            case "userId": x.UserId = Xml.Text(r); return true;
            case "vpcId": x.VpcId = Xml.Text(r); return true;
            default: return false;
        }
    }
}
