using Watchdog.FleetSim.State;
using Watchdog.FleetSim.Wire;

namespace Watchdog.FleetSim.Ec2;

/// <summary>
/// DescribeIamInstanceProfileAssociations and ReplaceIamInstanceProfileAssociation. Two profiles exist: <c>workspace</c>, which VMs are
/// launched with, and <c>watchdog-empty</c>, which still lets the SSM agent in.
/// </summary>
internal static class Profiles
{
    public static void Describe(Call call, XmlOut xml)
    {
        var paging = Paging.OfEc2(call, "AssociationId");
        var filters = FilterFields.Read(call.Fields);
        var ids = call.Fields.List("AssociationId");
        var written = 0;
        int? next = null;
        xml.Open("iamInstanceProfileAssociationSet"u8);
        foreach (var index in call.Region.Listed(FilterFields.NamedIds(filters), paging.Start))
        {
            // Ids first: they are compared without making anything.
            if (!filters.TrueForAll(filter => filter.Name != "instance-id" || filter.Any(call.Region.Vms[index].InstanceId))
                || TieOf(call, index, call.Seen) is not { } tie || (ids.Count > 0 && !ids.Contains(tie.AssociationId))
                || !filters.TrueForAll(filter => Matches(call, filter, tie)))
            {
                continue;
            }

            if (written++ == paging.Size)
            {
                next = index;
                break;
            }

            Write(call, xml, "item"u8, index, tie, call.Seen);
        }

        xml.Close("iamInstanceProfileAssociationSet"u8);
        if (next is { } at)
            xml.Text("nextToken"u8, paging.TokenAt(at));
    }

    public static void Replace(Call call, XmlOut xml)
    {
        var id = call.Fields.Need("AssociationId");
        var name = NameOf(call);
        int index;
        ProfileTie made;
        lock (call.Region.Gate)
        {
            if (!TryFind(call, id, out index))
                throw new AwsError(400, "InvalidAssociationID.NotFound", $"An invalid association-id of '{id}' was given");
            made = call.Region.ReplaceProfile(index, name, call.Now);
        }

        Write(call, xml, "iamInstanceProfileAssociation"u8, index, made, call.Now);
    }

    private static string NameOf(Call call)
    {
        var arn = call.Fields.Get("IamInstanceProfile.Arn");
        var name = call.Fields.Get("IamInstanceProfile.Name");
        string[] known = [ProfileViews.Workspace, ProfileViews.Empty];
        return known.FirstOrDefault(n => arn is null ? n == name : ProfileViews.Arn(call.Region, n) == arn)
            ?? throw AwsError.InvalidParameter($"Value ({arn ?? name}) for parameter iamInstanceProfile is invalid. Invalid IAM Instance Profile");
    }

    // As launched, by the id itself; else among the VMs that something was done to.
    private static bool TryFind(Call call, string id, out int index)
    {
        var region = call.Region;
        if (!VmShape.TryProfileHome(region, id, out index) || TieOf(call, index, call.Now)?.AssociationId != id)
        {
            index = Enumerable.Range(0, region.Vms.Count)
                .FirstOrDefault(i => region.Changed(i)?.Profile.Entries.Length > 0 && TieOf(call, i, call.Now)?.AssociationId == id, -1);
        }

        return index >= 0;
    }

    private static ProfileTie? TieOf(Call call, int index, DateTimeOffset at) =>
        call.Region.PowerAt(index, at) is null or { State: PowerState.Terminated } ? null : call.Region.ProfileAt(index, at);

    private static bool Matches(Call call, FilterFields filter, ProfileTie tie) => filter.Name switch
    {
        "instance-id" => true,
        "state" => filter.Any(tie.StateAt(call.Seen)),
        _ => throw FilterFields.Unknown(filter.Name),
    };

    private static void Write(Call call, XmlOut xml, ReadOnlySpan<byte> element, int index, ProfileTie tie, DateTimeOffset seen)
    {
        xml.Open(element);
        xml.Text("associationId"u8, tie.AssociationId);
        xml.Text("instanceId"u8, call.Region.Vms[index].InstanceId);
        InstanceXml.Profile(xml, call.Region, tie.Name);
        xml.Text("state"u8, tie.StateAt(seen));
        xml.Time("timestamp"u8, tie.Since);
        xml.Close(element);
    }
}
