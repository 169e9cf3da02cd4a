using System.Xml;
using Amazon.EC2.Model;
using Amazon.Wire;

namespace Amazon.EC2.Wire;

/// <summary>DescribeIamInstanceProfileAssociations and ReplaceIamInstanceProfileAssociation.</summary>
internal static class ProfileWire
{
    internal static void Write(QueryForm form, DescribeIamInstanceProfileAssociationsRequest request)
    {
        form.AddList("AssociationId", request.AssociationIds);
        form.AddFilters(request.Filters);
        form.Add("MaxResults", request.MaxResults);
        form.Add("NextToken", request.NextToken);
    }

    internal static void Write(QueryForm form, ReplaceIamInstanceProfileAssociationRequest request)
    {
        form.Add("AssociationId", request.AssociationId);
        form.Add("IamInstanceProfile.Arn", request.IamInstanceProfile?.Arn);
        form.Add("IamInstanceProfile.Name", request.IamInstanceProfile?.Name);
    }

    internal static bool Page(XmlReader r, DescribeIamInstanceProfileAssociationsResponse x)
    {
        switch (r.LocalName)
        {
            case "iamInstanceProfileAssociationSet":
                x.IamInstanceProfileAssociations = Xml.List(r, x.IamInstanceProfileAssociations, Association);
                return true;
            case "nextToken": x.NextToken = Xml.Text(r); return true;
            default: return false;
        }
    }

    internal static bool Replaced(XmlReader r, ReplaceIamInstanceProfileAssociationResponse x)
    {
        if (r.LocalName != "iamInstanceProfileAssociation")
            return false;
        x.IamInstanceProfileAssociation = Xml.Object<IamInstanceProfileAssociation>(r, Association);
        return true;
    }

    private static bool Association(XmlReader r, IamInstanceProfileAssociation x)
    {
        switch (r.LocalName)
        {
            case "associationId": x.AssociationId = Xml.Text(r); return true;
            case "iamInstanceProfile": x.IamInstanceProfile = Xml.Object<IamInstanceProfile>(r, InstanceWire.Profile); return true;
            case "instanceId": x.InstanceId = Xml.Text(r); return true;
            case "state": x.State = Xml.Text(r); return true;
            case "timestamp": x.Timestamp = Xml.Instant(r); return true;
            default: return false;
        }
    }
}
