using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement;

/// <summary>A request to AWS Systems Manager.</summary>
public partial class AmazonSimpleSystemsManagementRequest : AmazonWebServiceRequest;
