using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>States of a volume's or an interface's attachment.</summary>
public class AttachmentStatus(string value) : ConstantClass(value)
{
    public static readonly AttachmentStatus Attached = new("attached");
    public static readonly AttachmentStatus Attaching = new("attaching");
    public static readonly AttachmentStatus Detached = new("detached");
    public static readonly AttachmentStatus Detaching = new("detaching");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static AttachmentStatus? FindValue(string? value) => FindValue<AttachmentStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator AttachmentStatus?(string? value) => FindValue(value);
}

/// <summary>Whose tags a snapshot inherits.</summary>
public class CopyTagsFromSource(string value) : ConstantClass(value)
{
    public static readonly CopyTagsFromSource Volume = new("volume");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static CopyTagsFromSource? FindValue(string? value) => FindValue<CopyTagsFromSource>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator CopyTagsFromSource?(string? value) => FindValue(value);
}

/// <summary>Kinds of root device.</summary>
public class DeviceType(string value) : ConstantClass(value)
{
    public static readonly DeviceType Ebs = new("ebs");
    public static readonly DeviceType InstanceStore = new("instance-store");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static DeviceType? FindValue(string? value) => FindValue<DeviceType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator DeviceType?(string? value) => FindValue(value);
}

/// <summary>Networks that an address is for.</summary>
public class DomainType(string value) : ConstantClass(value)
{
    public static readonly DomainType Standard = new("standard");
    public static readonly DomainType Vpc = new("vpc");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static DomainType? FindValue(string? value) => FindValue<DomainType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator DomainType?(string? value) => FindValue(value);
}

/// <summary>Kinds of scheduled event.</summary>
public class EventCode(string value) : ConstantClass(value)
{
    public static readonly EventCode InstanceReboot = new("instance-reboot");
    public static readonly EventCode InstanceRetirement = new("instance-retirement");
    public static readonly EventCode InstanceStop = new("instance-stop");
    public static readonly EventCode SystemMaintenance = new("system-maintenance");
    public static readonly EventCode SystemReboot = new("system-reboot");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static EventCode? FindValue(string? value) => FindValue<EventCode>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator EventCode?(string? value) => FindValue(value);
}

/// <summary>States of a profile's association.</summary>
public class IamInstanceProfileAssociationState(string value) : ConstantClass(value)
{
    public static readonly IamInstanceProfileAssociationState Associated = new("associated");
    public static readonly IamInstanceProfileAssociationState Associating = new("associating");
    public static readonly IamInstanceProfileAssociationState Disassociated = new("disassociated");
    public static readonly IamInstanceProfileAssociationState Disassociating = new("disassociating");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static IamInstanceProfileAssociationState? FindValue(string? value) => FindValue<IamInstanceProfileAssociationState>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator IamInstanceProfileAssociationState?(string? value) => FindValue(value);
}

/// <summary>Attributes that DescribeInstanceAttribute reads; those used here.</summary>
public class InstanceAttributeName(string value) : ConstantClass(value)
{
    public static readonly InstanceAttributeName DisableApiStop = new("disableApiStop");
    public static readonly InstanceAttributeName DisableApiTermination = new("disableApiTermination");
    public static readonly InstanceAttributeName GroupSet = new("groupSet");
    public static readonly InstanceAttributeName InstanceInitiatedShutdownBehavior = new("instanceInitiatedShutdownBehavior");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static InstanceAttributeName? FindValue(string? value) => FindValue<InstanceAttributeName>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator InstanceAttributeName?(string? value) => FindValue(value);
}

/// <summary>Ways of paying that differ from on-demand.</summary>
public class InstanceLifecycleType(string value) : ConstantClass(value)
{
    public static readonly InstanceLifecycleType CapacityBlock = new("capacity-block");
    public static readonly InstanceLifecycleType Scheduled = new("scheduled");
    public static readonly InstanceLifecycleType Spot = new("spot");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static InstanceLifecycleType? FindValue(string? value) => FindValue<InstanceLifecycleType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator InstanceLifecycleType?(string? value) => FindValue(value);
}

/// <summary>States of an instance.</summary>
public class InstanceStateName(string value) : ConstantClass(value)
{
    public static readonly InstanceStateName Pending = new("pending");
    public static readonly InstanceStateName Running = new("running");
    public static readonly InstanceStateName ShuttingDown = new("shutting-down");
    public static readonly InstanceStateName Stopped = new("stopped");
    public static readonly InstanceStateName Stopping = new("stopping");
    public static readonly InstanceStateName Terminated = new("terminated");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static InstanceStateName? FindValue(string? value) => FindValue<InstanceStateName>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator InstanceStateName?(string? value) => FindValue(value);
}

/// <summary>Instance types, by AWS's name. There are hundreds: none is spelled out here.</summary>
public class InstanceType(string value) : ConstantClass(value)
{
    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static InstanceType? FindValue(string? value) => FindValue<InstanceType>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator InstanceType?(string? value) => FindValue(value);
}

/// <summary>States of a network interface.</summary>
public class NetworkInterfaceStatus(string value) : ConstantClass(value)
{
    public static readonly NetworkInterfaceStatus Associated = new("associated");
    public static readonly NetworkInterfaceStatus Attaching = new("attaching");
    public static readonly NetworkInterfaceStatus Available = new("available");
    public static readonly NetworkInterfaceStatus Detaching = new("detaching");
    public static readonly NetworkInterfaceStatus InUse = new("in-use");

    /// <summary>The constant of that value, or a new one for a value that AWS added later; null for null.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static NetworkInterfaceStatus? FindValue(string? value) => FindValue<NetworkInterfaceStatus>(value);

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator NetworkInterfaceStatus?(string? value) => FindValue(value);
}
