using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>DescribeAddresses, DisassociateAddress (which answers with no more than a yes), AssociateAddress.</summary>
internal static class AddressWire
{
    internal static void Write(QueryForm form, DescribeAddressesRequest request)
    {
        form.AddList("AllocationId", request.AllocationIds);
        form.Add("DryRun", request.DryRun);
        form.AddFilters(request.Filters);
        form.AddList("PublicIp", request.PublicIps);
    }

    internal static void Write(QueryForm form, DisassociateAddressRequest request)
    {
        form.Add("AssociationId", request.AssociationId);
        form.Add("DryRun", request.DryRun);
    }

    internal static void Write(QueryForm form, AssociateAddressRequest request)
    {
        form.Add("AllocationId", request.AllocationId);
        form.Add("AllowReassociation", request.AllowReassociation);
        form.Add("DryRun", request.DryRun);
        form.Add("NetworkInterfaceId", request.NetworkInterfaceId);
        form.Add("PrivateIpAddress", request.PrivateIpAddress);
    }

    internal static bool Addresses(XmlReader r, DescribeAddressesResponse x)
    {
        if (r.LocalName != "addressesSet")
            return false;
        x.Addresses = Xml.List(r, x.Addresses, Address);
        return true;
    }

    internal static bool Associated(XmlReader r, AssociateAddressResponse x)
    {
        if (r.LocalName != "associationId")
            return false;
        x.AssociationId = Xml.Text(r);
        return true;
    }

    private static bool Address(XmlReader r, Address x)
    {
        switch (r.LocalName)
        {
            case "allocationId": x.AllocationId = Xml.Text(r); return true;
            case "associationId": x.AssociationId = Xml.Text(r); return true;
            case "domain": x.Domain = Xml.Text(r); return true;
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            case "networkInterfaceId": x.NetworkInterfaceId = Xml.Text(r); return true;
            case "privateIpAddress": x.PrivateIpAddress = Xml.Text(r); return true;
            case "publicIp": x.PublicIp = Xml.Text(r); return true;
            case "tagSet": x.Tags = Xml.List(r, x.Tags, CommonWire.Tag); return true;
            default: return false;
        }
    }
}
