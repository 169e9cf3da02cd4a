using Amazon.CloudWatch.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Wire;

namespace Amazon.CloudWatch;

/// <summary>Settings of a client of Amazon CloudWatch; the members are <see cref="ClientConfig"/>'s.</summary>
public partial class AmazonCloudWatchConfig : ClientConfig
{
    public AmazonCloudWatchConfig()
        : base(ServiceTraits.DefaultModes)
    {
        base.ServiceId = CloudWatchOperations.Service.ServiceId;
        AuthenticationServiceName = CloudWatchOperations.Service.SigningName;
        EndpointProvider = CloudWatchOperations.Service.Endpoints;
    }

    /// <summary>AWS's id of the service.</summary>
    public static new string ServiceId => CloudWatchOperations.Service.ServiceId;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => CloudWatchOperations.Service.EndpointPrefix;

    /// <inheritdoc/>
    public override string ServiceVersion => CloudWatchOperations.Service.ApiVersion;

    /// <inheritdoc/>
    public override string UserAgent => CloudWatchOperations.Service.UserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceTraits.EndpointFor(this, parameters);
}
