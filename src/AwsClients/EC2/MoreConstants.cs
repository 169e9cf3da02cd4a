using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Kinds of resource that a call can tag; those used here.</summary>
public class ResourceType(string value) : ConstantClass(value)
{
    public static readonly ResourceType Instance = new("instance");
    public static readonly ResourceType NetworkInterface = new("network-interface");
    public static readonly ResourceType SecurityGroup = new("security-group");
    public static readonly ResourceType Snapshot = new("snapshot");
    public static readonly ResourceType Volume = new("volume");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static ResourceType? FindValue(string? value) => FindValue<ResourceType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator ResourceType?(string? value) => FindValue(value);
}

/// <summary>States of a snapshot.</summary>
public class SnapshotState(string value) : ConstantClass(value)
{
    public static readonly SnapshotState Completed = new("completed");
    public static readonly SnapshotState Error = new("error");
    public static readonly SnapshotState Pending = new("pending");
    public static readonly SnapshotState Recoverable = new("recoverable");
    public static readonly SnapshotState Recovering = new("recovering");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static SnapshotState? FindValue(string? value) => FindValue<SnapshotState>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator SnapshotState?(string? value) => FindValue(value);
}

/// <summary>Parts of a status check.</summary>
public class StatusName(string value) : ConstantClass(value)
{
    public static readonly StatusName Reachability = new("reachability");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static StatusName? FindValue(string? value) => FindValue<StatusName>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator StatusName?(string? value) => FindValue(value);
}

/// <summary>Outcomes of a part of a status check.</summary>
public class StatusType(string value) : ConstantClass(value)
{
    public static readonly StatusType Failed = new("failed");
    public static readonly StatusType Initializing = new("initializing");
    public static readonly StatusType InsufficientData = new("insufficient-data");
    public static readonly StatusType Passed = new("passed");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static StatusType? FindValue(string? value) => FindValue<StatusType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator StatusType?(string? value) => FindValue(value);
}

/// <summary>Outcomes of a status check.</summary>
public class SummaryStatus(string value) : ConstantClass(value)
{
    public static readonly SummaryStatus Impaired = new("impaired");
    public static readonly SummaryStatus Initializing = new("initializing");
    public static readonly SummaryStatus InsufficientData = new("insufficient-data");
    public static readonly SummaryStatus NotApplicable = new("not-applicable");
    public static readonly SummaryStatus Ok = new("ok");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static SummaryStatus? FindValue(string? value) => FindValue<SummaryStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator SummaryStatus?(string? value) => FindValue(value);
}

/// <summary>Who else may be on the host.</summary>
public class Tenancy(string value) : ConstantClass(value)
{
    public static readonly Tenancy Dedicated = new("dedicated");
    public static readonly Tenancy Default = new("default");
    public static readonly Tenancy Host = new("host");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static Tenancy? FindValue(string? value) => FindValue<Tenancy>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator Tenancy?(string? value) => FindValue(value);
}
