namespace Watchdog.Aws;

/// <summary>
/// An AWS action that the class calls, with what the policy allows it on. The least-privilege policy is computed from these, and a test holds
/// them against the requests that the code sends.
/// </summary>
/// <param name="action">IAM's name, e.g. <c>ec2:StopInstances</c>.</param>
/// <param name="reach">What it may touch.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class RequiresPermissionAttribute(string action, Reach reach) : Attribute
{
    public string Action { get; } = action;
    public Reach Reach { get; } = reach;
}

/// <summary>What an action may touch.</summary>
internal enum Reach
{
    /// <summary>Reads; IAM has no narrower resource for them.</summary>
    Anything,
    /// <summary>Instances that carry the managed tag.</summary>
    ManagedInstances,
    /// <summary>Interfaces (and their instances) that carry the managed tag, with groups that carry a <c>watchdog:role</c>.</summary>
    ManagedInterfaces,
    /// <summary>Protections and shutdown behaviour of instances that carry the managed tag.</summary>
    Protections,
    /// <summary>Elastic IP addresses and interfaces that carry the managed tag.</summary>
    ManagedAddresses,
    /// <summary>Profiles of instances that carry the managed tag; only where an empty profile is configured.</summary>
    Profiles,
    /// <summary>Snapshots with the operation's tag, of instances and volumes that carry the managed tag.</summary>
    OwnSnapshots,
    /// <summary>Tags whose keys are Watchdog's own, on instances that carry the managed tag.</summary>
    OwnTags,
    /// <summary>The inspection document, on instances that carry the managed tag.</summary>
    InspectDocument,
    /// <summary>The restraining document, on instances that carry the managed tag.</summary>
    RestrainDocument,
    /// <summary>The notifying document, on instances that carry the managed tag.</summary>
    NotifyDocument,
}
