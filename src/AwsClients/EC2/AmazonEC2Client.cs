using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>
/// The client of Amazon EC2. Safe for concurrent use; one instance serves a process. Credentials that are not given come from the
/// default chain, and so does a Region that the configuration leaves out.
/// </summary>
public partial class AmazonEC2Client : AmazonServiceClient, IAmazonEC2
{
    public AmazonEC2Client()
        : this(new AmazonEC2Config())
    {
    }

    public AmazonEC2Client(RegionEndpoint region)
        : this(new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    public AmazonEC2Client(AmazonEC2Config config)
        : base(config)
    {
    }

    public AmazonEC2Client(AWSCredentials credentials)
        : this(credentials, new AmazonEC2Config())
    {
    }

    public AmazonEC2Client(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    public AmazonEC2Client(AWSCredentials credentials, AmazonEC2Config clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonEC2Config())
    {
    }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, AmazonEC2Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonEC2Config())
    {
    }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonEC2Config { RegionEndpoint = region })
    {
    }

    public AmazonEC2Client(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonEC2Config clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }
}
