using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>DescribeInstanceStatus.</summary>
internal static class InstanceStatusWire
{
    internal static void Write(QueryForm form, DescribeInstanceStatusRequest request)
    {
        form.Add("DryRun", request.DryRun);
        form.AddFilters(request.Filters);
        form.Add("IncludeAllInstances", request.IncludeAllInstances);
        form.AddList("InstanceId", request.InstanceIds);
        form.Add("MaxResults", request.MaxResults);
        form.Add("NextToken", request.NextToken);
    }

    internal static bool Page(XmlReader r, DescribeInstanceStatusResponse x)
    {
        switch (r.LocalName)
        {
            case "instanceStatusSet": x.InstanceStatuses = Xml.List(r, x.InstanceStatuses, Status); return true;
            case "nextToken": x.NextToken = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Status(XmlReader r, InstanceStatus x)
    {
        switch (r.LocalName)
        {
            case "attachedEbsStatus": x.AttachedEbsStatus = Xml.Object<EbsStatusSummary>(r, EbsSummary); return true;
            case "availabilityZone": x.AvailabilityZone = Xml.Text(r); return true;
            case "eventsSet": x.Events = Xml.List(r, x.Events, Event); return true;
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            case "instanceState": x.InstanceState = Xml.Object<InstanceState>(r, CommonWire.State); return true;
            case "instanceStatus": x.Status = Xml.Object<InstanceStatusSummary>(r, Summary); return true;
            case "systemStatus": x.SystemStatus = Xml.Object<InstanceStatusSummary>(r, Summary); return true;
            default: return false;
        }
    }

    private static bool Summary(XmlReader r, InstanceStatusSummary x)
    {
        switch (r.LocalName)
        {
            case "details": x.Details = Xml.List(r, x.Details, Detail); return true;
            case "status": x.Status = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Detail(XmlReader r, InstanceStatusDetails x)
    {
        switch (r.LocalName)
        {
            case "impairedSince": x.ImpairedSince = Xml.Instant(r); return true;
            case "name": x.Name = Xml.Text(r); return true;
            case "status": x.Status = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool EbsSummary(XmlReader r, EbsStatusSummary x)
    {
        switch (r.LocalName)
        {
            case "details": x.Details = Xml.List(r, x.Details, EbsDetail); return true;
            case "status": x.Status = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool EbsDetail(XmlReader r, EbsStatusDetails x)
    {
        switch (r.LocalName)
        {
            case "impairedSince": x.ImpairedSince = Xml.Instant(r); return true;
            case "name": x.Name = Xml.Text(r); return true;
            case "status": x.Status = Xml.Text(r); return true;
            default: return false;
        }
    }

    private static bool Event(XmlReader r, InstanceStatusEvent x)
    {
        switch (r.LocalName)
        {
            case "code": x.Code = Xml.Text(r); return true;
            case "description": x.Description = Xml.Text(r); return true;
            case "instanceEventId": x.InstanceEventId = Xml.Text(r); return true;
            case "notAfter": x.NotAfter = Xml.Instant(r); return true;
            case "notBefore": x.NotBefore = Xml.Instant(r); return true;
            case "notBeforeDeadline": x.NotBeforeDeadline = Xml.Instant(r); return true;
            default: return false;
        }
    }
}
