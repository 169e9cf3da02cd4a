using Amazon;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.Options;
using Watchdog.Diagnostics;
using Watchdog.Inventory;
using Watchdog.Storage.Rates;

namespace Watchdog.Aws;

/// <summary>
/// One scope's clients on one rate budget. <paramref name="Once"/> and <paramref name="SsmOnce"/> send a request at most once, stale
/// connections included: whatever changes AWS goes through them.
/// </summary>
internal sealed record ScopeClients(
    IAmazonEC2 Ec2, IAmazonEC2 Once, IAmazonCloudWatch CloudWatch, IAmazonSimpleSystemsManagement Ssm, IAmazonSimpleSystemsManagement SsmOnce,
    RateBudget Budget) : IDisposable
{
    public void Dispose()
    {
        Ec2.Dispose();
        Once.Dispose();
        CloudWatch.Dispose();
        Ssm.Dispose();
        SsmOnce.Dispose();
    }
}

/// <summary>
/// Makes each scope's clients, once. Standard retry mode: Core's adaptive one starves itself after a throttle. <c>AWS_ENDPOINT_URL</c> and the
/// other AWS variables are Core's business and honoured.
/// </summary>
internal sealed class ClientFactory(
    IOptions<AwsOptions> options, Clocks clocks, CallMeter meter, SimulatedEndpoint? simulated = null, RateLeases? leases = null) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ScopeClients> _clients = new(StringComparer.Ordinal);

    /// <summary>The scope's clients. Fails, and tries anew next time, while a role's own credentials cannot be had.</summary>
    public ScopeClients Of(Scope scope)
    {
        lock (_gate)
        {
            return _clients.TryGetValue(scope.Key, out var clients) ? clients : _clients[scope.Key] = Make(scope);
        }
    }

    /// <summary>A client of the service that says who one is; the caller's to dispose of. Neither metered nor gated: it is asked once, by people.</summary>
    public AmazonSecurityTokenServiceClient Identity(Scope scope) =>
        new(Set(new AmazonSecurityTokenServiceConfig(), scope, CredentialsOf(scope), options.Value.ReadRetries));

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var clients in _clients.Values)
            {
                clients.Dispose();
            }

            _clients.Clear();
        }
    }

    private ScopeClients Make(Scope scope)
    {
        var budget = simulated is null ? new RateBudget(options.Value.RateShare, clocks.Wall, leases, scope.Key)
            : new RateBudget(simulated.Rates is null ? null : options.Value.RateShare, simulated.Rates ?? clocks.Wall);
        var credentials = CredentialsOf(scope);
        var reads = options.Value.ReadRetries;
        return new(
            new GatedEc2(Set(new AmazonEC2Config(), scope, credentials, reads), new(budget, meter, clocks.Wall)),
            new GatedEc2(Set(new AmazonEC2Config(), scope, credentials, 0), new(budget, meter, clocks.Wall)),
            new GatedCloudWatch(Set(new AmazonCloudWatchConfig(), scope, credentials, reads), new(budget, meter, clocks.Wall)),
            new GatedSsm(Set(new AmazonSimpleSystemsManagementConfig(), scope, credentials, reads), new(budget, meter, clocks.Wall)),
            new GatedSsm(Set(new AmazonSimpleSystemsManagementConfig(), scope, credentials, 0), new(budget, meter, clocks.Wall)),
            budget);
    }

    private AWSCredentials? CredentialsOf(Scope scope) =>
        simulated is not null ? new BasicAWSCredentials("simulated", "simulated")
        : scope.RoleArn is { } role ? new AssumeRoleAWSCredentials(DefaultAWSCredentialsIdentityResolver.GetCredentials(), role, "watchdog")
        : null;

    private TConfig Set<TConfig>(TConfig config, Scope scope, AWSCredentials? credentials, int retries)
        where TConfig : ClientConfig
    {
        if (simulated is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(scope.Region);
        }
        else
        {
            config.ServiceURL = simulated.Url.ToString();
            config.AuthenticationRegion = scope.Region;
        }

        if (credentials is not null)
        {
            config.DefaultAWSCredentials = credentials;
        }

        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = retries;
        config.MaxStaleConnectionRetries = retries;
        config.Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        return config;
    }
}
