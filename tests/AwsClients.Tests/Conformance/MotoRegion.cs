using System.Net.Http.Headers;
using System.Xml.Linq;
using Amazon.CloudWatch;
using Amazon.EC2;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;

namespace Watchdog.AwsClients.Tests.Conformance;

/// <summary>A Region of moto's of one test's own, the three clients of it, and what these clients cannot do: launch things.</summary>
internal sealed class MotoRegion : IDisposable
{
    private static readonly BasicAWSCredentials Credentials = new("AKIDEXAMPLE", "example-secret");
    private readonly HttpClient http = new();

    public MotoRegion(string url, string region)
    {
        http.BaseAddress = new Uri(url);
        // moto reads the Region from the signature's scope, and does not check the signature.
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/{region}/ec2/aws4_request, SignedHeaders=host, Signature=none");
        Ec2 = new(Credentials, new AmazonEC2Config { ServiceURL = url, AuthenticationRegion = region, MaxErrorRetry = 0 });
        CloudWatch = new(Credentials, new AmazonCloudWatchConfig { ServiceURL = url, AuthenticationRegion = region, MaxErrorRetry = 0 });
        Ssm = new(Credentials, new AmazonSimpleSystemsManagementConfig { ServiceURL = url, AuthenticationRegion = region, MaxErrorRetry = 0 });
    }

    public AmazonEC2Client Ec2 { get; }

    public AmazonCloudWatchClient CloudWatch { get; }

    public AmazonSimpleSystemsManagementClient Ssm { get; }

    /// <summary>Launches instances, one reservation each.</summary>
    public async Task<List<string>> Launch(int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var answer = await Query(new()
            {
                ["Action"] = "RunInstances",
                ["ImageId"] = "ami-12c6146b",
                ["MinCount"] = "1",
                ["MaxCount"] = "1",
                ["InstanceType"] = "t3.large",
                ["TagSpecification.1.ResourceType"] = "instance",
                ["TagSpecification.1.Tag.1.Key"] = "watchdog:managed",
                ["TagSpecification.1.Tag.1.Value"] = "true",
            });
            ids.Add(answer.Descendants().First(e => e.Name.LocalName == "instanceId").Value);
        }

        return ids;
    }

    public async Task<string> CreateGroup(string name, string vpc)
    {
        var answer = await Query(new() { ["Action"] = "CreateSecurityGroup", ["GroupName"] = name, ["GroupDescription"] = name, ["VpcId"] = vpc });
        return answer.Descendants().First(e => e.Name.LocalName == "groupId").Value;
    }

    public void Dispose()
    {
        http.Dispose();
        Ec2.Dispose();
        CloudWatch.Dispose();
        Ssm.Dispose();
    }

    private async Task<XDocument> Query(Dictionary<string, string> form)
    {
        form["Version"] = "2016-11-15";
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(new Uri("/", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return XDocument.Parse(await response.Content.ReadAsStringAsync());
    }
}
