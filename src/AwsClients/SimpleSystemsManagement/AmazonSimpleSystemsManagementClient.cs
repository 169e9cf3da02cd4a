using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement;

/// <summary>
/// The client of AWS Systems Manager. Safe for concurrent use; one instance serves a process. Credentials that are not given come from the
/// default chain, and so does a Region that the configuration leaves out.
/// </summary>
public partial class AmazonSimpleSystemsManagementClient : AmazonServiceClient, IAmazonSimpleSystemsManagement
{
    public AmazonSimpleSystemsManagementClient()
        : this(new AmazonSimpleSystemsManagementConfig())
    {
    }

    public AmazonSimpleSystemsManagementClient(RegionEndpoint region)
        : this(new AmazonSimpleSystemsManagementConfig { RegionEndpoint = region })
    {
    }

    public AmazonSimpleSystemsManagementClient(AmazonSimpleSystemsManagementConfig config)
        : base(config)
    {
    }

    public AmazonSimpleSystemsManagementClient(AWSCredentials credentials)
        : this(credentials, new AmazonSimpleSystemsManagementConfig())
    {
    }

    public AmazonSimpleSystemsManagementClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonSimpleSystemsManagementConfig { RegionEndpoint = region })
    {
    }

    public AmazonSimpleSystemsManagementClient(AWSCredentials credentials, AmazonSimpleSystemsManagementConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonSimpleSystemsManagementClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonSimpleSystemsManagementConfig())
    {
    }

    public AmazonSimpleSystemsManagementClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonSimpleSystemsManagementConfig { RegionEndpoint = region })
    {
    }

    public AmazonSimpleSystemsManagementClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSimpleSystemsManagementConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    public AmazonSimpleSystemsManagementClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonSimpleSystemsManagementConfig())
    {
    }

    public AmazonSimpleSystemsManagementClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonSimpleSystemsManagementConfig { RegionEndpoint = region })
    {
    }

    public AmazonSimpleSystemsManagementClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonSimpleSystemsManagementConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }
}
