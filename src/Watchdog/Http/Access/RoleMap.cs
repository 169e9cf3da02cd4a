namespace Watchdog.Http.Access;

/// <summary>Which groups have which role; somebody of several has the highest. <c>*</c> is everybody who has signed in. Without any, nobody has a role.</summary>
public sealed class RoleMap
{
    /// <summary>The group that everybody is in.</summary>
    public const string Everybody = "*";

    /// <summary>Groups that see everything and change nothing; default none.</summary>
    public string[] Viewer { get; set; } = [];

    /// <summary>Groups that judge cases; default none.</summary>
    public string[] Operator { get; set; } = [];

    /// <summary>Groups that decide for the fleet; default none.</summary>
    public string[] Admin { get; set; } = [];

    /// <summary>Whether no group has a role.</summary>
    internal bool IsEmpty => Viewer.Length + Operator.Length + Admin.Length == 0;

    /// <summary>The highest role of somebody's groups; null: none. Names are compared exactly.</summary>
    internal Role? Of(IReadOnlyCollection<string> groups) =>
        Has(Admin, groups) ? Role.Admin : Has(Operator, groups) ? Role.Operator : Has(Viewer, groups) ? Role.Viewer : null;

    private static bool Has(string[] map, IReadOnlyCollection<string> groups) => map.Any(group => group == Everybody || groups.Contains(group, StringComparer.Ordinal));
}
