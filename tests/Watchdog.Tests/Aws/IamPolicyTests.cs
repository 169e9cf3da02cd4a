using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using Watchdog.Aws;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Tests.Aws;

public class IamPolicyTests
{
    private static readonly JsonObject Policy = IamPolicy.Render(new InventoryOptions(), new TelemetryOptions(), new EnforcementOptions());

    private static readonly JsonObject WithProfiles = IamPolicy.Render(new InventoryOptions(), new TelemetryOptions(), new EnforcementOptions
    {
        Profile = new()
        {
            EmptyArn = "arn:aws:iam::123456789012:instance-profile/empty",
            RoleArns = ["arn:aws:iam::123456789012:role/empty", "arn:aws:iam::123456789012:role/workspace"],
        },
    });

    [Fact]
    public void The_policy_allows_what_the_code_declares_and_nothing_else()
    {
        var allowed = Statements().SelectMany(ActionsOf).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(IamPolicy.Actions.Except(["ec2:ReplaceIamInstanceProfileAssociation"]), allowed);
        Assert.Equal(IamPolicy.Actions.Append("iam:PassRole").Order(StringComparer.Ordinal), StatementsOf(WithProfiles).SelectMany(ActionsOf).Distinct().Order(StringComparer.Ordinal));
        Assert.All(StatementsOf(WithProfiles), statement => Assert.Equal("Allow", (string?)statement["Effect"]));
    }

    [Fact]
    public void Roles_are_passed_only_where_an_empty_profile_is_configured_and_only_those_named_and_only_to_ec2()
    {
        var pass = StatementsOf(WithProfiles).Single(statement => ActionsOf(statement).Contains("iam:PassRole"));

        Assert.Equal(["arn:aws:iam::123456789012:role/empty", "arn:aws:iam::123456789012:role/workspace"], ResourcesOf(pass));
        Assert.Equal("ec2.amazonaws.com", (string?)pass["Condition"]!["StringEquals"]!["iam:PassedToService"]![0]);
        var rolesAlone = IamPolicy.Render(new InventoryOptions(), new TelemetryOptions(), new EnforcementOptions
        {
            Profile = new() { RoleArns = ["arn:aws:iam::123456789012:role/x"] },
        });
        Assert.Equal(Policy.ToJsonString(), rolesAlone.ToJsonString());
    }

    [Fact]
    public void Interfaces_are_moved_only_between_groups_with_a_role()
    {
        var groups = Statements().Single(statement => ResourcesOf(statement).Contains("arn:aws:ec2:*:*:security-group/*"));
        Assert.Equal(["quarantine", "conversion", "vm"], groups["Condition"]!["StringEquals"]!["aws:ResourceTag/watchdog:role"]!.AsArray().Select(role => (string)role!));
    }

    [Fact]
    public void Attributes_of_an_instance_are_changed_only_for_its_protection()
    {
        var modify = Statements().Single(statement => ActionsOf(statement).Contains("ec2:ModifyInstanceAttribute"));
        Assert.Equal(["DisableApiStop", "DisableApiTermination", "InstanceInitiatedShutdownBehavior"],
            modify["Condition"]!["ForAnyValue:StringEquals"]!["ec2:Attribute"]!.AsArray().Select(attribute => (string)attribute!));
    }

    [Fact]
    public void Snapshots_are_made_only_with_an_operation_and_tagged_only_as_they_are_made()
    {
        var onSnapshots = Statements().Where(statement => ResourcesOf(statement).Contains("arn:aws:ec2:*::snapshot/*")).ToList();

        Assert.Equal(["ec2:CreateSnapshots", "ec2:CreateTags"], onSnapshots.SelectMany(ActionsOf));
        Assert.NotNull(onSnapshots[0]["Condition"]!["StringLike"]!["aws:RequestTag/watchdog:operation"]);
        Assert.Equal("CreateSnapshots", (string?)onSnapshots[1]["Condition"]!["StringEquals"]!["ec2:CreateAction"]![0]);
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
    public void Every_change_is_bound_to_tagged_resources_or_to_one_of_the_three_documents()
    {
        foreach (var statement in StatementsOf(WithProfiles).Where(s => ActionsOf(s).Any(IsChange)))
        {
            var document = ResourcesOf(statement).All(r => r is "arn:aws:ssm:*:*:document/Watchdog-FleetInspect" or "arn:aws:ssm:*:*:document/Watchdog-Restrain"
                or "arn:aws:ssm:*:*:document/Watchdog-Notify");
            Assert.True(document || (statement["Condition"]?["StringEquals"] ?? statement["Condition"]?["StringLike"]) is JsonObject { Count: > 0 }, (string?)statement["Sid"]);
            Assert.DoesNotContain("*", ResourcesOf(statement));
        }
    }

    [Fact]
    public void The_configured_tag_and_documents_are_the_ones_named()
    {
        var text = IamPolicy.Render(new() { ManagedTag = "team", ManagedValue = "blue" }, new() { InspectDocument = "My-Look" },
            new() { Restrain = new() { Document = "My-Restraint" }, Notify = new() { Document = "My-Notice" } }).ToJsonString();

        Assert.Contains("""{"aws:ResourceTag/team":["blue"]}""", text, StringComparison.Ordinal);
        Assert.Contains("document/My-Look", text, StringComparison.Ordinal);
        Assert.Contains("document/My-Restraint", text, StringComparison.Ordinal);
        Assert.Contains("document/My-Notice", text, StringComparison.Ordinal);
        Assert.DoesNotContain("watchdog:managed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_own_tag_keys_may_be_set() => Assert.Equal("watchdog:*",
        (string?)Statements().Single(s => (string?)s["Sid"] == "TagOwnKeys")["Condition"]!["ForAllValues:StringLike"]!["aws:TagKeys"]![0]);

    private static IEnumerable<JsonObject> Statements() => StatementsOf(Policy);

    private static IEnumerable<JsonObject> StatementsOf(JsonObject policy) => policy["Statement"]!.AsArray().Select(statement => statement!.AsObject());

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
