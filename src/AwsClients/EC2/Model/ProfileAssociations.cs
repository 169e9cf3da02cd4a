using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Which associations of instance profiles to list.</summary>
public partial class DescribeIamInstanceProfileAssociationsRequest : AmazonEC2Request
{
    public List<string>? AssociationIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>By <c>instance-id</c> or <c>state</c>.</summary>
    public List<Filter>? Filters { get; set; } = Collections.Initial<List<Filter>>();

    /// <summary>5 to 1000.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

/// <summary>One page of associations.</summary>
public partial class DescribeIamInstanceProfileAssociationsResponse : AmazonWebServiceResponse
{
    public List<IamInstanceProfileAssociation>? IamInstanceProfileAssociations { get; set; } =
        Collections.Initial<List<IamInstanceProfileAssociation>>();

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; set; }
}

/// <summary>The tie between an instance and its profile.</summary>
public partial class IamInstanceProfileAssociation
{
    /// <summary><c>iip-assoc-...</c>: a new one with each replacement.</summary>
    public string? AssociationId { get; set; }

    public IamInstanceProfile? IamInstanceProfile { get; set; }

    public string? InstanceId { get; set; }

    public IamInstanceProfileAssociationState? State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? Timestamp { get; set; }
}

/// <summary>A profile to put in the place of the one that is associated. There is no DryRun.</summary>
public partial class ReplaceIamInstanceProfileAssociationRequest : AmazonEC2Request
{
    /// <summary>Of the association as it is now.</summary>
    public string? AssociationId { get; set; }

    public IamInstanceProfileSpecification? IamInstanceProfile { get; set; }
}

/// <summary>A profile, by either.</summary>
public partial class IamInstanceProfileSpecification
{
    public string? Arn { get; set; }

    public string? Name { get; set; }
}

/// <summary>The new association.</summary>
public partial class ReplaceIamInstanceProfileAssociationResponse : AmazonWebServiceResponse
{
    public IamInstanceProfileAssociation? IamInstanceProfileAssociation { get; set; }
}
