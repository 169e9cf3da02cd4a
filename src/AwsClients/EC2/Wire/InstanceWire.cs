using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>DescribeInstances: the members that this project reads, of the 154 that AWS sends.</summary>
internal static class InstanceWire
{
    internal static void Write(QueryForm form, DescribeInstancesRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddFilters(request.Filters);
        form.AddList("InstanceId", request.InstanceIds);
        form.Add("MaxResults", request.MaxResults);
        form.Add("NextToken", request.NextToken);
    }

    internal static bool Page(XmlReader r, DescribeInstancesResponse x)
    {
        switch (r.LocalName)
        {
            case "reservationSet": x.Reservations = Xml.List(r, x.Reservations, Reservation); return true;
            case "nextToken": x.NextToken = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Reservation(XmlReader r, Reservation x)
    {
        switch (r.LocalName)
        {
            case "groupSet": x.Groups = Xml.List(r, x.Groups, CommonWire.Group); return true;
            case "instancesSet": x.Instances = Xml.List(r, x.Instances, Instance); return true;
            case "ownerId": x.OwnerId = Xml.Text(r); return true;
            case "requesterId": x.RequesterId = Xml.Text(r); return true;
            case "reservationId": x.ReservationId = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Instance(XmlReader r, Instance x)
    {
        switch (r.LocalName)
        {
            case "blockDeviceMapping": x.BlockDeviceMappings = Xml.List(r, x.BlockDeviceMappings, BlockDevice); return true;
            case "cpuOptions": x.CpuOptions = Xml.Object<CpuOptions>(r, Cpu); return true;
            case "groupSet": x.SecurityGroups = Xml.List(r, x.SecurityGroups, CommonWire.Group); return true;
            case "hibernationOptions": x.HibernationOptions = Xml.Object<HibernationOptions>(r, Hibernation); return true;
            case "iamInstanceProfile": x.IamInstanceProfile = Xml.Object<IamInstanceProfile>(r, Profile); return true;
            case "imageId": x.ImageId = Xml.Text(r); return true;
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            case "instanceLifecycle": x.InstanceLifecycle = Xml.Text(r); return true;
            case "instanceState": x.State = Xml.Object<InstanceState>(r, CommonWire.State); return true;
            case "instanceType": x.InstanceType = Xml.Text(r); return true;
            case "ipAddress": x.PublicIpAddress = Xml.Text(r); return true;
            case "launchTime": x.LaunchTime = Xml.Instant(r); return true;
            case "networkInterfaceSet": x.NetworkInterfaces = Xml.List(r, x.NetworkInterfaces, NetworkInterfaceWire.Read); return true;
            case "placement": x.Placement = Xml.Object<Placement>(r, Placement); return true;
            case "privateIpAddress": x.PrivateIpAddress = Xml.Text(r); return true;
            case "reason": x.StateTransitionReason = Xml.Text(r); return true;
            case "rootDeviceType": x.RootDeviceType = Xml.Text(r); return true;
            case "spotInstanceRequestId": x.SpotInstanceRequestId = Xml.Text(r); return true;
            case "stateReason": x.StateReason = Xml.Object<StateReason>(r, Reason); return true;
            case "subnetId": x.SubnetId = Xml.Text(r); return true;
            case "tagSet": x.Tags = Xml.List(r, x.Tags, CommonWire.Tag); return true;
            case "vpcId": x.VpcId = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool BlockDevice(XmlReader r, InstanceBlockDeviceMapping x)
    {
        switch (r.LocalName)
        {
            case "deviceName": x.DeviceName = Xml.Text(r); return true;
            case "ebs": x.Ebs = Xml.Object<EbsInstanceBlockDevice>(r, Volume); return true;
            default: return false;
        }
    }

    private static bool Volume(XmlReader r, EbsInstanceBlockDevice x)
    {
        switch (r.LocalName)
        {
            case "attachTime": x.AttachTime = Xml.Instant(r); return true;
            case "deleteOnTermination": x.DeleteOnTermination = Xml.Flag(r); return true;
            case "status": x.Status = Xml.Text(r); return true;
            case "volumeId": x.VolumeId = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Cpu(XmlReader r, CpuOptions x)
    {
        switch (r.LocalName)
        {
            case "coreCount": x.CoreCount = Xml.Int(r); return true;
            case "threadsPerCore": x.ThreadsPerCore = Xml.Int(r); return true;
            default: return false;
        }
    }

    private static bool Hibernation(XmlReader r, HibernationOptions x)
    {
        if (r.LocalName != "configured")
            return false;
        x.Configured = Xml.Flag(r);
        return true;
    }

    internal static bool Profile(XmlReader r, IamInstanceProfile x)
    {
        switch (r.LocalName)
        {
            case "arn": x.Arn = Xml.Text(r); return true;
            case "id": x.Id = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Placement(XmlReader r, Placement x)
    {
        switch (r.LocalName)
        {
            case "availabilityZone": x.AvailabilityZone = Xml.Text(r); return true;
            case "tenancy": x.Tenancy = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Reason(XmlReader r, StateReason x)
    {
        switch (r.LocalName)
        {
            case "code": x.Code = Xml.Text(r); return true;
            case "message": x.Message = Xml.Text(r); return true;
            default: return false;
        }
    }
}
