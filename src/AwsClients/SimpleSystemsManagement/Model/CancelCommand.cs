using Amazon.Runtime;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>Which command to stop.</summary>
public partial class CancelCommandRequest : AmazonSimpleSystemsManagementRequest
{
    public string? CommandId { get; set; }

    /// <summary>Null: on all of them.</summary>
    public List<string>? InstanceIds { get; set; } = Collections.Initial<List<string>>();
}

/// <summary>The wish was taken; what runs may run on.</summary>
public partial class CancelCommandResponse : AmazonWebServiceResponse;
