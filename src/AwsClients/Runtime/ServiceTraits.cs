using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.Wire;

/// <summary>What distinguishes one AWS service from another on the wire; one static instance a service.</summary>
/// <param name="ServiceId">AWS's service id: names AWS_ENDPOINT_URL_{ID} and the metrics.</param>
/// <param name="ApiVersion">Date of the API that is spoken.</param>
/// <param name="EndpointPrefix">First label of the host name.</param>
/// <param name="SigningName">Service name in the SigV4 scope.</param>
/// <param name="ToException">Builds the service's own exception from what the answer said.</param>
internal sealed record ServiceTraits(
    string ServiceId, string ApiVersion, string EndpointPrefix, string SigningName, Func<Fault, Exception?, AmazonServiceException> ToException)
    : IServiceMetadata
{
    private static readonly DefaultConfiguration[] Defaults =
    [
        Mode(DefaultConfigurationMode.Standard, 3.1),
        Mode(DefaultConfigurationMode.InRegion, 1.1),
        Mode(DefaultConfigurationMode.CrossRegion, 3.1),
        Mode(DefaultConfigurationMode.Mobile, 30),
        Mode(DefaultConfigurationMode.Auto, 3.1),
    ];

    /// <summary>AWS's published default modes: they differ in their connection time-outs.</summary>
    internal static IDefaultConfigurationProvider DefaultModes => new DefaultConfigurationProvider(Defaults);

    internal IEndpointProvider Endpoints => field ??= new EndpointRules(this);

    internal string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString(ServiceId, typeof(ServiceTraits).Assembly.GetName().Version!.ToString(3));

    IDictionary<string, string> IServiceMetadata.OperationNameMapping { get; } = new Dictionary<string, string>();

    internal static Endpoint EndpointFor(IClientConfig config, ServiceOperationEndpointParameters call) =>
        config.EndpointProvider.ResolveEndpoint(EndpointHandler.Parameters(config, call.AlternateEndpoint));

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double connectSeconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromSeconds(connectSeconds),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(connectSeconds),
    };
}
