using System.ComponentModel.DataAnnotations;

namespace Watchdog.Enforcement;

/// <summary>The instance profile that stands in for a quarantined VM's own. Section <c>Enforcement:Profile</c>.</summary>
public sealed class ProfileOptions
{
    /// <summary>
    /// ARN of an instance profile whose role may do nothing. Null, the default: VMs keep their profiles, and <c>watchdog iam-policy</c>
    /// allows no replacement. A VM without its own profile cannot be reached through SSM unless this one's role lets the agent in.
    /// </summary>
    [RegularExpression(@"arn:aws[a-z-]*:iam::\d{12}:instance-profile/[\w+=,.@/-]+")]
    public string? EmptyArn { get; set; }

    /// <summary>
    /// ARNs of the roles that the worker may hand to EC2 (<c>iam:PassRole</c>): the empty profile's, and those of the profiles that a
    /// release gives back. Default none: without them AWS denies the replacement, or the way back. Read only when <see cref="EmptyArn"/>
    /// is set.
    /// </summary>
    public IReadOnlyList<string> RoleArns { get; set; } = [];
}
