using Amazon.EC2.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Wire;

namespace Amazon.EC2;

/// <summary>Settings of a client of Amazon EC2; the members are <see cref="ClientConfig"/>'s.</summary>
public partial class AmazonEC2Config : ClientConfig
{
    public AmazonEC2Config()
        : base(ServiceTraits.DefaultModes)
    {
        base.ServiceId = Ec2Operations.Service.ServiceId;
        AuthenticationServiceName = Ec2Operations.Service.SigningName;
        EndpointProvider = Ec2Operations.Service.Endpoints;
    }

    /// <summary>AWS's id of the service.</summary>
    public static new string ServiceId => Ec2Operations.Service.ServiceId;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => Ec2Operations.Service.EndpointPrefix;

    /// <inheritdoc/>
    public override string ServiceVersion => Ec2Operations.Service.ApiVersion;

    /// <inheritdoc/>
    public override string UserAgent => Ec2Operations.Service.UserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceTraits.EndpointFor(this, parameters);
}
