using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.Wire;

/// <summary>
/// Where a service lives: the configured URL, else <c>{prefix}[-fips].{region}.{suffix of its partition}</c>. GovCloud's plain EC2 and
/// CloudWatch addresses are its FIPS addresses.
/// </summary>
internal sealed class EndpointRules(ServiceTraits service) : IEndpointProvider
{
    /// <inheritdoc/>
    /// <exception cref="AmazonClientException">No Region, or an address of a kind that the partition does not have.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var fips = parameters["UseFIPS"] is true;
        var dualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string { Length: > 0 } url)
        {
            return fips || dualStack
                ? throw new AmazonClientException("A configured endpoint excludes FIPS and dual stack: name the address that is meant.")
                : new Endpoint(url);
        }

        if (parameters["Region"] is not string { Length: > 0 } region)
            throw new AmazonClientException("No Region is configured (RegionEndpoint, AWS_REGION or the profile).");
        var partition = Fn.Partition(region);
        if (fips && !partition.supportsFIPS || dualStack && !partition.supportsDualStack)
            throw new AmazonClientException($"Partition {partition.name} has no {(fips ? "FIPS" : "dual stack")} endpoints.");
        var marked = fips && !(partition.name == "aws-us-gov" && !dualStack);
        return new Endpoint(
            $"https://{service.EndpointPrefix}{(marked ? "-fips" : "")}.{region}.{(dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }
}
