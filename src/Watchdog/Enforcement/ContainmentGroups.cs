namespace Watchdog.Enforcement;

/// <summary>How Watchdog's security groups and tags are named in AWS.</summary>
public static class ContainmentGroups
{
    /// <summary>Tag key by which a VPC's groups are found.</summary>
    public const string RoleTag = "watchdog:role";
    /// <summary>Value of <see cref="RoleTag"/> on the containment group: its only rules let SSM's endpoints through.</summary>
    public const string Role = "quarantine";
    /// <summary>
    /// Value of <see cref="RoleTag"/> on the group that lets everything through, IPv4 and IPv6: connections under it are not tracked, so that
    /// the change to the containment group cuts them.
    /// </summary>
    public const string ConversionRole = "conversion";
    /// <summary>Tag key on a VM under an act; its value is the case's number.</summary>
    public const string CaseTag = "watchdog:case";
    /// <summary>Tag key on a VM that was stopped because nobody used it; its value says when and why.</summary>
    public const string StoppedTag = "watchdog:stopped";
    /// <summary>AWS's own tag key on VMs of an Auto Scaling group.</summary>
    public const string AutoScalingTag = "aws:autoscaling:groupName";
}
