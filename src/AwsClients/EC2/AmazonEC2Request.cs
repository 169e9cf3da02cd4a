using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>A request to Amazon EC2.</summary>
public partial class AmazonEC2Request : AmazonWebServiceRequest;
