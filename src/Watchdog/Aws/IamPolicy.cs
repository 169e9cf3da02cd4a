using System.Reflection;
using System.Text.Json.Nodes;
using Watchdog.Enforcement;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>The least-privilege policy for the worker's role, computed from the actions that the code declares: nothing more can be in it.</summary>
public static class IamPolicy
{
    private const string Instances = "arn:aws:ec2:*:*:instance/*";
    private const string Interfaces = "arn:aws:ec2:*:*:network-interface/*";
    private const string Groups = "arn:aws:ec2:*:*:security-group/*";
    private const string Addresses = "arn:aws:ec2:*:*:elastic-ip/*";
    private const string Volumes = "arn:aws:ec2:*:*:volume/*";
    private const string Snapshots = "arn:aws:ec2:*::snapshot/*";

    /// <summary>Every action that a class of this assembly declares.</summary>
    public static IReadOnlyCollection<string> Actions => [.. Declared().Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// The policy as an IAM document. Changes reach only what carries the managed tag; interfaces and the groups they move between must be
    /// tagged too (<c>watchdog:role</c>).
    /// </summary>
    /// <param name="inventory">Names the managed tag.</param>
    /// <param name="telemetry">Names the inspection document.</param>
    /// <param name="enforcement">
    /// Names the restraining and the notifying document, the empty profile and the roles; without a profile, none may be replaced and no role passed.
    /// </param>
    public static JsonObject Render(InventoryOptions inventory, TelemetryOptions telemetry, EnforcementOptions enforcement)
    {
        var managed = Equal(($"aws:ResourceTag/{inventory.ManagedTag}", inventory.ManagedValue));
        List<JsonObject> statements = [];
        foreach (var reach in Enum.GetValues<Reach>())
        {
            string[] actions = [.. Declared().Where(p => p.Reach == reach).Select(p => p.Action).Distinct().Order(StringComparer.Ordinal)];
            if (actions.Length > 0)
            {
                statements.AddRange(reach == Reach.Profiles
                    ? ProfileStatements(actions, managed, enforcement.Profile)
                    : Statements(reach, actions, managed, telemetry.InspectDocument, enforcement));
            }
        }

        return new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) };
    }

    private static IEnumerable<JsonObject> Statements(Reach reach, string[] actions, JsonObject managed, string inspecting, EnforcementOptions enforcement) => reach switch
    {
        Reach.Anything => [Statement("Read", actions, ["*"], null)],
        Reach.ManagedInstances => [Statement("PowerManagedOnly", actions, [Instances], managed)],
        Reach.ManagedInterfaces =>
        [
            Statement("QuarantineNic", actions, [Interfaces, Instances], managed),
            Statement("QuarantineGroupsOnly", actions, [Groups], GroupRoles()),
        ],
        Reach.Protections => [Statement("ProtectManagedOnly", actions, [Instances], WithAttributes(managed))],
        Reach.ManagedAddresses => [Statement("AddressesManagedOnly", actions, [Addresses, Interfaces, Instances], managed)],
        Reach.OwnSnapshots =>
        [
            Statement("SnapshotManagedOnly", actions, [Instances, Volumes], managed),
            Statement("SnapshotWithOperation", actions, [Snapshots], Like($"aws:RequestTag/{Ec2Actuator.OperationTag}", "*")),
            Statement("TagSnapshotsAtCreation", ["ec2:CreateTags"], [Snapshots], Equal(("ec2:CreateAction", "CreateSnapshots"))),
        ],
        Reach.OwnTags => [Statement("TagOwnKeys", actions, [Instances], WithOwnKeys(managed))],
        Reach.InspectDocument =>
        [
            Statement("InspectDocumentOnly", actions, [$"arn:aws:ssm:*:*:document/{inspecting}"], null),
            Statement("InspectManagedOnly", actions, [Instances], managed),
        ],
        Reach.RestrainDocument =>
        [
            Statement("RestrainDocumentOnly", actions, [$"arn:aws:ssm:*:*:document/{enforcement.Restrain.Document}"], null),
            Statement("RestrainManagedOnly", actions, [Instances], managed),
        ],
        Reach.NotifyDocument =>
        [
            Statement("NotifyDocumentOnly", actions, [$"arn:aws:ssm:*:*:document/{enforcement.Notify.Document}"], null),
            Statement("NotifyManagedOnly", actions, [Instances], managed),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(reach), reach, "a reach without a statement"),
    };

    // Nothing of this is needed, and so nothing is allowed, while no empty profile is configured.
    private static IEnumerable<JsonObject> ProfileStatements(string[] actions, JsonObject managed, ProfileOptions profile)
    {
        if (profile.EmptyArn is null)
        {
            yield break;
        }

        yield return Statement("ReplaceProfileManagedOnly", actions, [Instances], managed);
        if (profile.RoleArns.Count > 0)
        {
            yield return Statement("PassTheseRolesToEc2", ["iam:PassRole"], [.. profile.RoleArns], Equal(("iam:PassedToService", "ec2.amazonaws.com")));
        }
    }

    private static JsonObject Statement(string sid, string[] actions, string[] resources, JsonObject? condition)
    {
        JsonObject statement = new() { ["Sid"] = sid, ["Effect"] = "Allow", ["Action"] = ListOf(actions), ["Resource"] = ListOf(resources) };
        if (condition is not null)
        {
            statement["Condition"] = condition.DeepClone();
        }

        return statement;
    }

    private static JsonObject Equal(params (string Key, string Value)[] pairs) => new()
    {
        ["StringEquals"] = new JsonObject(pairs.GroupBy(pair => pair.Key).Select(group =>
            KeyValuePair.Create(group.Key, (JsonNode?)ListOf([.. group.Select(pair => pair.Value)])))),
    };

    // Those it moves interfaces to, and those it must be able to give back.
    private static JsonObject GroupRoles() => Equal(
        ("aws:ResourceTag/watchdog:role", "quarantine"), ("aws:ResourceTag/watchdog:role", "conversion"), ("aws:ResourceTag/watchdog:role", "vm"));

    private static JsonObject Like(string key, string value) => new() { ["StringLike"] = new JsonObject { [key] = ListOf([value]) } };

    private static JsonObject WithAttributes(JsonObject managed)
    {
        var condition = (JsonObject)managed.DeepClone();
        condition["ForAnyValue:StringEquals"] = new JsonObject
        {
            ["ec2:Attribute"] = ListOf(["DisableApiStop", "DisableApiTermination", "InstanceInitiatedShutdownBehavior"]),
        };
        return condition;
    }

    private static JsonObject WithOwnKeys(JsonObject managed)
    {
        var condition = (JsonObject)managed.DeepClone();
        condition["ForAllValues:StringLike"] = new JsonObject { ["aws:TagKeys"] = ListOf(["watchdog:*"]) };
        return condition;
    }

    private static JsonArray ListOf(string[] values) => [.. values.Select(value => JsonValue.Create(value))];

    private static IEnumerable<RequiresPermissionAttribute> Declared() =>
        typeof(IamPolicy).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RequiresPermissionAttribute>(false));
}
