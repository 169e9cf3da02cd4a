using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>Tags to add.</summary>
public partial class CreateTagsRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    /// <summary>Ids, at most 1000.</summary>
    public List<string>? Resources { get; set; } = Collections.Initial<List<string>>();

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();
}

/// <summary>The tags were taken.</summary>
public partial class CreateTagsResponse : AmazonWebServiceResponse;

/// <summary>Tags to remove.</summary>
public partial class DeleteTagsRequest : AmazonEC2Request
{
    /// <summary>Only check the permission: success is the error DryRunOperation (412).</summary>
    public bool? DryRun { get; set; }

    /// <summary>Ids, at most 1000.</summary>
    public List<string>? Resources { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Without a value: whatever it is; none at all: every tag of the resource.</summary>
    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();
}

/// <summary>The tags were removed.</summary>
public partial class DeleteTagsResponse : AmazonWebServiceResponse;
