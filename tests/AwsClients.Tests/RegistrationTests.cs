using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Watchdog.AwsClients.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void The_interfaces_can_be_registered_and_resolved_like_the_official_ones()
    {
        var services = new ServiceCollection();
        services.AddSingleton<AWSCredentials>(new BasicAWSCredentials("AKIDEXAMPLE", "example-secret"));
        services.AddSingleton(new AmazonEC2Config { RegionEndpoint = Amazon.RegionEndpoint.EUWest1 });
        services.AddSingleton<IAmazonEC2, AmazonEC2Client>();
        services.AddSingleton<IAmazonCloudWatch>(p => new AmazonCloudWatchClient(p.GetRequiredService<AWSCredentials>(), Amazon.RegionEndpoint.EUWest1));
        services.AddSingleton<IAmazonSimpleSystemsManagement>(p =>
            new AmazonSimpleSystemsManagementClient(p.GetRequiredService<AWSCredentials>(), Amazon.RegionEndpoint.EUWest1));
        using var provider = services.BuildServiceProvider();

        Assert.Equal("eu-west-1", provider.GetRequiredService<IAmazonEC2>().Config.RegionEndpoint.SystemName);
        Assert.Equal("monitoring", provider.GetRequiredService<IAmazonCloudWatch>().Config.RegionEndpointServiceName);
        Assert.Same(provider.GetRequiredService<IAmazonSimpleSystemsManagement>(), provider.GetRequiredService<IAmazonSimpleSystemsManagement>());
    }

    [Fact]
    public void A_factory_that_knows_only_the_interface_can_make_configuration_and_client()
    {
        var config = DefaultConfig<IAmazonSimpleSystemsManagement>();
        config.RegionEndpoint = Amazon.RegionEndpoint.EUWest1;
        using var client = (IDisposable)DefaultClient<IAmazonSimpleSystemsManagement>(new AnonymousAWSCredentials(), config);

        Assert.IsType<AmazonSimpleSystemsManagementConfig>(config);
        Assert.IsType<AmazonSimpleSystemsManagementClient>(client);
        Assert.IsType<AmazonEC2Config>(DefaultConfig<IAmazonEC2>());
        Assert.IsType<AmazonCloudWatchConfig>(DefaultConfig<IAmazonCloudWatch>());
    }

    private static ClientConfig DefaultConfig<T>()
        where T : IAmazonService => T.CreateDefaultClientConfig();

    private static IAmazonService DefaultClient<T>(AWSCredentials credentials, ClientConfig config)
        where T : IAmazonService => T.CreateDefaultServiceClient(credentials, config);
}
