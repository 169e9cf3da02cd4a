using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>ModifyNetworkInterfaceAttribute and ModifyInstanceAttribute; both answer with no more than a yes.</summary>
internal static class AttributeWire
{
    internal static void Write(QueryForm form, ModifyNetworkInterfaceAttributeRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.Add("NetworkInterfaceId", request.NetworkInterfaceId);
        form.AddList("SecurityGroupId", request.Groups);
    }

    internal static void Write(QueryForm form, ModifyInstanceAttributeRequest request)
    {
        form.Add("DisableApiStop.Value", request.DisableApiStop);
        form.Add("DisableApiTermination.Value", request.DisableApiTermination);
        form.Add("DryRun", request.DryRun);
        form.AddList("GroupId", request.Groups);
        form.Add("InstanceId", request.InstanceId);
    }
}
