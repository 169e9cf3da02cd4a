using System.Reflection;
using System.Text.Json.Nodes;
using Watchdog.Inventory;
using Watchdog.Telemetry;

namespace Watchdog.Aws;

/// <summary>The least-privilege policy for the worker's role, computed from the actions that the code declares: nothing more can be in it.</summary>
public static class IamPolicy
{
    private const string Instances = "arn:aws:ec2:*:*:instance/*";
    private const string Interfaces = "arn:aws:ec2:*:*:network-interface/*";
    private const string Groups = "arn:aws:ec2:*:*:security-group/*";

    /// <summary>Every action that a class of this assembly declares.</summary>
    public static IReadOnlyCollection<string> Actions => [.. Declared().Select(permission => permission.Action).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// The policy as an IAM document. Changes reach only what carries the managed tag; interfaces and the groups they move between must be
    /// tagged too (<c>watchdog:role</c>).
    /// </summary>
    /// <param name="inventory">Names the managed tag.</param>
    /// <param name="telemetry">Names the one SSM document.</param>
    public static JsonObject Render(InventoryOptions inventory, TelemetryOptions telemetry)
    {
        var managed = Equal(($"aws:ResourceTag/{inventory.ManagedTag}", inventory.ManagedValue));
        List<JsonObject> statements = [];
        foreach (var reach in Enum.GetValues<Reach>())
        {
            string[] actions = [.. Declared().Where(p => p.Reach == reach).Select(p => p.Action).Distinct().Order(StringComparer.Ordinal)];
            if (actions.Length > 0)
            {
                statements.AddRange(Statements(reach, actions, managed, telemetry.InspectDocument));
            }
        }

        return new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) };
    }

    private static IEnumerable<JsonObject> Statements(Reach reach, string[] actions, JsonObject managed, string document) => reach switch
    {
        Reach.Anything => [Statement("Read", actions, ["*"], null)],
        Reach.ManagedInstances => [Statement("PowerManagedOnly", actions, [Instances], managed)],
        Reach.ManagedInterfaces =>
        [
            Statement("QuarantineNic", actions, [Interfaces, Instances], managed),
            Statement("QuarantineGroupsOnly", actions, [Groups], Equal(("aws:ResourceTag/watchdog:role", "quarantine"), ("aws:ResourceTag/watchdog:role", "vm"))),
        ],
        Reach.OwnTags => [Statement("TagOwnKeys", actions, [Instances], WithOwnKeys(managed))],
        Reach.InspectDocument =>
        [
            Statement("InspectDocumentOnly", actions, [$"arn:aws:ssm:*:*:document/{document}"], null),
            Statement("InspectManagedOnly", actions, [Instances], managed),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(reach), reach, "a reach without a statement"),
    };

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
