using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>An instance's network interfaces.</summary>
internal static class NetworkInterfaceWire
{
    internal static bool Read(XmlReader r, InstanceNetworkInterface x)
    {
        switch (r.LocalName)
        {
            case "association": x.Association = Xml.Object<InstanceNetworkInterfaceAssociation>(r, Association); return true;
            case "attachment": x.Attachment = Xml.Object<InstanceNetworkInterfaceAttachment>(r, Attachment); return true;
            case "groupSet": x.Groups = Xml.List(r, x.Groups, CommonWire.Group); return true;
            case "ipv6AddressesSet": x.Ipv6Addresses = Xml.List(r, x.Ipv6Addresses, Ipv6); return true;
            case "networkInterfaceId": x.NetworkInterfaceId = Xml.Text(r); return true;
            case "privateIpAddress": x.PrivateIpAddress = Xml.Text(r); return true;
            case "status": x.Status = Xml.Text(r); return true;
            case "subnetId": x.SubnetId = Xml.Text(r); return true;
            case "vpcId": x.VpcId = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Association(XmlReader r, InstanceNetworkInterfaceAssociation x)
    {
        switch (r.LocalName)
        {
            case "ipOwnerId": x.IpOwnerId = Xml.Text(r); return true;
            case "publicDnsName": x.PublicDnsName = Xml.Text(r); return true;
            case "publicIp": x.PublicIp = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Attachment(XmlReader r, InstanceNetworkInterfaceAttachment x)
    {
        switch (r.LocalName)
        {
            case "attachmentId": x.AttachmentId = Xml.Text(r); return true;
            case "deviceIndex": x.DeviceIndex = Xml.Int(r); return true;
            case "networkCardIndex": x.NetworkCardIndex = Xml.Int(r); return true;
            case "status": x.Status = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Ipv6(XmlReader r, InstanceIpv6Address x)
    {
        switch (r.LocalName)
        {
            case "ipv6Address": x.Ipv6Address = Xml.Text(r); return true;
            case "isPrimaryIpv6": x.IsPrimaryIpv6 = Xml.Flag(r); return true;
            default: return false;
        }
    }
}
