using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SimpleSystemsManagement.Wire;
using Amazon.Wire;

namespace Amazon.SimpleSystemsManagement;

/// <summary>Settings of a client of AWS Systems Manager; the members are <see cref="ClientConfig"/>'s.</summary>
public partial class AmazonSimpleSystemsManagementConfig : ClientConfig
{
    public AmazonSimpleSystemsManagementConfig()
        : base(ServiceTraits.DefaultModes)
    {
        base.ServiceId = SsmOperations.Service.ServiceId;
        AuthenticationServiceName = SsmOperations.Service.SigningName;
        EndpointProvider = SsmOperations.Service.Endpoints;
    }

    /// <summary>AWS's id of the service.</summary>
    public static new string ServiceId => SsmOperations.Service.ServiceId;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => SsmOperations.Service.EndpointPrefix;

    /// <inheritdoc/>
    public override string ServiceVersion => SsmOperations.Service.ApiVersion;

    /// <inheritdoc/>
    public override string UserAgent => SsmOperations.Service.UserAgent;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServiceTraits.EndpointFor(this, parameters);
}
