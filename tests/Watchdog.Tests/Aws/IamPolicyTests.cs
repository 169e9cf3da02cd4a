using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using Watchdog.Aws;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Aws;

public class IamPolicyTests
{
    private static readonly JsonObject Policy = IamPolicy.Render(new InventoryOptions(), new TelemetryOptions());

    [Fact]
    public void The_policy_allows_what_the_code_declares_and_nothing_else()
    {
        Assert.Equal(IamPolicy.Actions, Statements().SelectMany(ActionsOf).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Statements(), statement => Assert.Equal("Allow", (string?)statement["Effect"]));
    }

    [Fact]
    public void The_code_declares_what_it_sends()
    {
        // The assembly's references to request types are the calls it can make: Amazon.EC2.Model.StopInstancesRequest is ec2:StopInstances.
        var sent = RequestTypes().Select(type => $"{ServiceOf(type.Namespace)}:{type.Name[..^"Request".Length]}").Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(sent, IamPolicy.Actions);
    }

    [Theory]
    [InlineData("Terminate")]
    [InlineData("RunInstances")]
    [InlineData("iam:")]
    [InlineData("AuthorizeSecurityGroup")]
    [InlineData("sts:")]
    [InlineData("*")]
    public void The_policy_has_no_way_to_more(string forbidden) =>
        Assert.DoesNotContain(Statements().SelectMany(ActionsOf), action => action.Contains(forbidden, StringComparison.Ordinal));

    [Fact]
    public void Every_change_is_bound_to_tagged_resources_or_to_the_one_document()
    {
        foreach (var statement in Statements().Where(s => ActionsOf(s).Any(IsChange)))
        {
            var document = ResourcesOf(statement).All(r => r == "arn:aws:ssm:*:*:document/Watchdog-FleetInspect");
            Assert.True(document || statement["Condition"]?["StringEquals"] is JsonObject { Count: > 0 }, (string?)statement["Sid"]);
            Assert.DoesNotContain("*", ResourcesOf(statement));
        }
    }

    [Fact]
    public void The_configured_tag_and_document_are_the_ones_named()
    {
        var text = IamPolicy.Render(new() { ManagedTag = "team", ManagedValue = "blue" }, new() { InspectDocument = "My-Look" }).ToJsonString();

        Assert.Contains("""{"aws:ResourceTag/team":["blue"]}""", text, StringComparison.Ordinal);
        Assert.Contains("document/My-Look", text, StringComparison.Ordinal);
        Assert.DoesNotContain("watchdog:managed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_own_tag_keys_may_be_set() => Assert.Equal("watchdog:*",
        (string?)Statements().Single(s => ActionsOf(s).Contains("ec2:CreateTags"))["Condition"]!["ForAllValues:StringLike"]!["aws:TagKeys"]![0]);

    private static IEnumerable<JsonObject> Statements() => Policy["Statement"]!.AsArray().Select(statement => statement!.AsObject());

    private static IEnumerable<string> ActionsOf(JsonObject statement) => statement["Action"]!.AsArray().Select(action => (string)action!);

    private static IEnumerable<string> ResourcesOf(JsonObject statement) => statement["Resource"]!.AsArray().Select(resource => (string)resource!);

    private static bool IsChange(string action) => action.Split(':')[1] is var name
        && !name.StartsWith("Describe", StringComparison.Ordinal) && !name.StartsWith("Get", StringComparison.Ordinal);

    private static string ServiceOf(string space) => space switch
    {
        "Amazon.EC2.Model" => "ec2",
        "Amazon.SimpleSystemsManagement.Model" => "ssm",
        "Amazon.CloudWatch.Model" => "cloudwatch",
        _ => space,
    };

    private static IEnumerable<(string Namespace, string Name)> RequestTypes()
    {
        using var file = File.OpenRead(typeof(IamPolicy).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => (metadata.GetString(type.Namespace), metadata.GetString(type.Name)))
            .Where(type => type.Item1.StartsWith("Amazon.", StringComparison.Ordinal) && type.Item1.EndsWith(".Model", StringComparison.Ordinal)
                && type.Item2.EndsWith("Request", StringComparison.Ordinal)
                // IAM asks no permission for GetCallerIdentity: everybody may know who they are.
                && type != ("Amazon.SecurityToken.Model", "GetCallerIdentityRequest"))];
    }
}
