using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>DescribeInstanceAttribute; ModifyNetworkInterfaceAttribute and ModifyInstanceAttribute, which answer with no more than a yes.</summary>
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
        form.Add("InstanceInitiatedShutdownBehavior.Value", request.InstanceInitiatedShutdownBehavior);
    }

    internal static void Write(QueryForm form, DescribeInstanceAttributeRequest request)
    {
        form.Add("Attribute", request.Attribute);
        form.Add("DryRun", request.DryRun);
        form.Add("InstanceId", request.InstanceId);
    }

    /// <summary>The members of the answer are those of the attribute: it has no element of its own.</summary>
    internal static bool Attribute(XmlReader r, DescribeInstanceAttributeResponse x)
    {
        var read = x.InstanceAttribute ??= new();
        switch (r.LocalName)
        {
            case "disableApiStop": read.DisableApiStop = Xml.Object<Held<bool?>>(r, Flag).Value; return true;
            case "disableApiTermination": read.DisableApiTermination = Xml.Object<Held<bool?>>(r, Flag).Value; return true;
            case "groupSet": read.Groups = Xml.List(r, read.Groups, CommonWire.Group); return true;
            case "instanceId": read.InstanceId = Xml.Text(r); return true;
            case "instanceInitiatedShutdownBehavior":
                read.InstanceInitiatedShutdownBehavior = Xml.Object<Held<string>>(r, Word).Value;
                return true;
            default: return false;
        }
    }

    private static bool Flag(XmlReader r, Held<bool?> x)
    {
        if (r.LocalName != "value")
            return false;
        x.Value = Xml.Flag(r);
        return true;
    }

    private static bool Word(XmlReader r, Held<string> x)
    {
        if (r.LocalName != "value")
            return false;
        x.Value = Xml.Text(r);
        return true;
    }

    /// <summary>An attribute's element: it holds one <c>value</c>.</summary>
    private sealed class Held<T>
    {
        internal T? Value { get; set; }
    }
}
