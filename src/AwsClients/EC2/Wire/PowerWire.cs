using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>StopInstances, StartInstances, RebootInstances.</summary>
internal static class PowerWire
{
    internal static void Write(QueryForm form, StopInstancesRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.Add("Force", request.Force);
        form.Add("Hibernate", request.Hibernate);
        form.AddList("InstanceId", request.InstanceIds);
    }

    internal static void Write(QueryForm form, StartInstancesRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddList("InstanceId", request.InstanceIds);
    }

    internal static void Write(QueryForm form, RebootInstancesRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddList("InstanceId", request.InstanceIds);
    }

    internal static bool Stopping(XmlReader r, StopInstancesResponse x)
    {
        if (r.LocalName != "instancesSet")
            return false;
        x.StoppingInstances = Xml.List(r, x.StoppingInstances, Change);
        return true;
    }

    internal static bool Starting(XmlReader r, StartInstancesResponse x)
    {
        if (r.LocalName != "instancesSet")
            return false;
        x.StartingInstances = Xml.List(r, x.StartingInstances, Change);
        return true;
    }

    private static bool Change(XmlReader r, InstanceStateChange x)
    {
        switch (r.LocalName)
        {
            case "currentState": x.CurrentState = Xml.Object<InstanceState>(r, CommonWire.State); return true;
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            case "previousState": x.PreviousState = Xml.Object<InstanceState>(r, CommonWire.State); return true;
            default: return false;
        }
    }
}
