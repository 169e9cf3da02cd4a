using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>A request to Amazon CloudWatch.</summary>
public partial class AmazonCloudWatchRequest : AmazonWebServiceRequest;
