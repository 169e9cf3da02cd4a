using Amazon;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Watchdog.AwsClients.Tests.Loopback;

namespace Watchdog.AwsClients.Tests.Runtime;

/// <summary>Where requests go. The only class that touches AWS's environment variables: its tests run one after another.</summary>
public sealed class EndpointTests
{
    private static readonly AWSCredentials Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "example-secret");

    [Theory]
    [InlineData("eu-west-1", false, false, "https://ec2.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", true, false, "https://ec2-fips.us-east-1.amazonaws.com/")]
    [InlineData("eu-west-1", false, true, "https://ec2.eu-west-1.api.aws/")]
    [InlineData("us-east-1", true, true, "https://ec2-fips.us-east-1.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://ec2.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", false, false, "https://ec2.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, false, "https://ec2.us-gov-west-1.amazonaws.com/")]
    [InlineData("xx-future-9", false, false, "https://ec2.xx-future-9.amazonaws.com/")]
    public void Ec2_lives_at_its_regions_address(string region, bool fips, bool dualStack, string address)
    {
        var config = new AmazonEC2Config { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack };
        using var ec2 = new AmazonEC2Client(Credentials, config);

        Assert.Equal(address, Url(ec2.DetermineServiceOperationEndpoint(new DescribeInstancesRequest())));
    }

    [Fact]
    public void CloudWatch_and_systems_manager_have_their_own_host_names()
    {
        using var cloudWatch = new AmazonCloudWatchClient(Credentials, RegionEndpoint.CNNorth1);
        using var ssm = new AmazonSimpleSystemsManagementClient(Credentials, RegionEndpoint.EUCentral1);

        Assert.Equal(
            "https://monitoring.cn-north-1.amazonaws.com.cn/",
            Url(cloudWatch.DetermineServiceOperationEndpoint(new Amazon.CloudWatch.Model.GetMetricDataRequest())));
        Assert.Equal(
            "https://ssm.eu-central-1.amazonaws.com/",
            Url(ssm.DetermineServiceOperationEndpoint(new Amazon.SimpleSystemsManagement.Model.CancelCommandRequest())));
    }

    [Fact]
    public void A_configured_address_wins_and_excludes_the_other_kinds()
    {
        using var plain = new AmazonEC2Client(Credentials, new AmazonEC2Config { ServiceURL = "http://127.0.0.1:5000", AuthenticationRegion = "eu-west-1" });
        using var fips = new AmazonEC2Client(
            Credentials, new AmazonEC2Config { ServiceURL = "http://127.0.0.1:5000", AuthenticationRegion = "eu-west-1", UseFIPSEndpoint = true });

        Assert.Equal("http://127.0.0.1:5000/", Url(plain.DetermineServiceOperationEndpoint(new DescribeInstancesRequest())));
        Assert.Throws<AmazonClientException>(() => fips.DetermineServiceOperationEndpoint(new DescribeInstancesRequest()));
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL")]
    [InlineData("AWS_ENDPOINT_URL_EC2")]
    public async Task The_usual_variable_leads_ec2_elsewhere(string variable)
    {
        await using var service = await LoopbackService.Start(new Answer(200, "<DescribeInstancesResponse/>"));
        Environment.SetEnvironmentVariable(variable, service.Url);
        try
        {
            // Core signs for us-east-1 at a custom address, whatever RegionEndpoint says, unless the signing Region is set: so do the official clients.
            var config = new AmazonEC2Config { RegionEndpoint = RegionEndpoint.EUNorth1, AuthenticationRegion = "eu-north-1" };
            using var ec2 = new AmazonEC2Client(Credentials, config);
            await ec2.DescribeInstancesAsync(new DescribeInstancesRequest());
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Contains("/eu-north-1/ec2/", service.Seen.Single().Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_CLOUDWATCH")]
    [InlineData("AWS_ENDPOINT_URL_SSM")]
    public async Task The_services_variables_lead_the_others_elsewhere(string variable)
    {
        await using var service = await LoopbackService.Start(new Answer(200, "{}", "application/x-amz-json-1.0"));
        Environment.SetEnvironmentVariable(variable, service.Url);
        try
        {
            if (variable.EndsWith("SSM", StringComparison.Ordinal))
            {
                using var ssm = new AmazonSimpleSystemsManagementClient(Credentials, RegionEndpoint.EUNorth1);
                await ssm.CancelCommandAsync(new() { CommandId = "c" });
            }
            else
            {
                using var cloudWatch = new AmazonCloudWatchClient(Credentials, RegionEndpoint.EUNorth1);
                await cloudWatch.PutMetricDataAsync(new() { Namespace = "n" });
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task A_session_token_goes_along()
    {
        await using var service = await LoopbackService.Start(new Answer(200, "<RebootInstancesResponse><return>true</return></RebootInstancesResponse>"));
        var config = new AmazonEC2Config { ServiceURL = service.Url, AuthenticationRegion = "eu-west-1" };
        using var ec2 = new AmazonEC2Client("ASIAEXAMPLE", "example-secret", "the-token", config);

        await ec2.RebootInstancesAsync(new() { InstanceIds = ["i-1"] });

        Assert.Equal("the-token", service.Seen.Single().Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", service.Seen.Single().Headers["Authorization"], StringComparison.Ordinal);
    }

    private static string Url(Amazon.Runtime.Endpoints.Endpoint endpoint) => new Uri(endpoint.URL).ToString();
}
