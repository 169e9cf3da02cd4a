using System.Globalization;

namespace Watchdog.FleetSim.State;

/// <summary>What a security group is for; the containment and conversion groups carry it as the tag <c>watchdog:role</c>.</summary>
internal enum GroupRole
{
    Default,
    Workspace,
    Containment,
    Conversion,
}

/// <summary>A security group. Each belongs to one VPC.</summary>
internal sealed record SecurityGroup(string Id, string Name, string VpcId, GroupRole Role)
{
    /// <summary>The value of the tag <c>watchdog:role</c>; null when the group has none.</summary>
    public string? RoleTag => Role switch { GroupRole.Containment => "quarantine", GroupRole.Conversion => "conversion", _ => null };
}

/// <summary>The Region's VPCs and security groups: fixed at start, named after their numbers.</summary>
internal sealed class Network
{
    private readonly Dictionary<string, SecurityGroup> _byId = new(StringComparer.Ordinal);
    private readonly SecurityGroup[][] _byVpc;

    public Network(SimulatedRegionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VpcCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.VpcCount, 20);
        _byVpc = new SecurityGroup[options.VpcCount][];
        for (var vpc = 0; vpc < options.VpcCount; vpc++)
        {
            var id = VpcId(vpc);
            var groups = new List<SecurityGroup>
            {
                Make(vpc, 0, "default", GroupRole.Default),
                Make(vpc, 1, "workspace-ssh", GroupRole.Workspace),
                Make(vpc, 2, "workspace-web", GroupRole.Workspace),
                Make(vpc, 3, "workspace-data", GroupRole.Workspace),
            };
            if (vpc != options.VpcWithoutContainment)
                groups.Add(Make(vpc, 8, "watchdog-containment", GroupRole.Containment));
            if (vpc != options.VpcWithoutConversion)
                groups.Add(Make(vpc, 9, "watchdog-conversion", GroupRole.Conversion));
            _byVpc[vpc] = [.. groups];
            foreach (var group in groups)
                _byId.Add(group.Id, group);
        }
    }

    public int VpcCount => _byVpc.Length;

    /// <summary>Every group, VPC by VPC.</summary>
    public IEnumerable<SecurityGroup> Groups => _byVpc.SelectMany(g => g);

    public SecurityGroup? Find(string id) => _byId.GetValueOrDefault(id);

    public static string VpcId(int vpc) => string.Create(CultureInfo.InvariantCulture, $"vpc-0{vpc:x2}5e7c0a11ce0000");

    /// <summary>The subnet in a VPC and zone; private ones reach the outside through a NAT gateway.</summary>
    public static string SubnetId(int vpc, string zone, bool isPrivate) =>
        string.Create(CultureInfo.InvariantCulture, $"subnet-0{vpc:x2}{(int)zone[^1]:x2}{(isPrivate ? 1 : 0)}5e7c0a11ce000");

    /// <summary>One of the workspace groups, or the VPC's default group for slot 0.</summary>
    public SecurityGroup Group(int vpc, int slot) => _byVpc[vpc][slot & 3];

    private static SecurityGroup Make(int vpc, int number, string name, GroupRole role) =>
        new(string.Create(CultureInfo.InvariantCulture, $"sg-0{vpc:x2}{number:x}5e7c0a11ce00{number:x}"), name, VpcId(vpc), role);
}
