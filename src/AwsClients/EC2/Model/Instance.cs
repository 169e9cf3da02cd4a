using Amazon.Wire;

namespace Amazon.EC2.Model;

/// <summary>One instance, as of some moment in the last seconds: listings are eventually consistent.</summary>
public partial class Instance
{
    public List<InstanceBlockDeviceMapping>? BlockDeviceMappings { get; set; } = Collections.Initial<List<InstanceBlockDeviceMapping>>();

    public CpuOptions? CpuOptions { get; set; }

    public HibernationOptions? HibernationOptions { get; set; }

    public IamInstanceProfile? IamInstanceProfile { get; set; }

    public string? ImageId { get; set; }

    public string? InstanceId { get; set; }

    /// <summary>Null for on-demand instances.</summary>
    public InstanceLifecycleType? InstanceLifecycle { get; set; }

    public InstanceType? InstanceType { get; set; }

    /// <summary>The last start, UTC.</summary>
    public DateTime? LaunchTime { get; set; }

    public List<InstanceNetworkInterface>? NetworkInterfaces { get; set; } = Collections.Initial<List<InstanceNetworkInterface>>();

    public Placement? Placement { get; set; }

    public string? PrivateIpAddress { get; set; }

    public string? PublicIpAddress { get; set; }

    /// <summary>Only <c>ebs</c> can be stopped and started.</summary>
    public DeviceType? RootDeviceType { get; set; }

    /// <summary>Those of the primary interface.</summary>
    public List<GroupIdentifier>? SecurityGroups { get; set; } = Collections.Initial<List<GroupIdentifier>>();

    public string? SpotInstanceRequestId { get; set; }

    public InstanceState? State { get; set; }

    public StateReason? StateReason { get; set; }

    /// <summary>Free text, with the moment in parentheses; empty while running.</summary>
    public string? StateTransitionReason { get; set; }

    public string? SubnetId { get; set; }

    public List<Tag>? Tags { get; set; } = Collections.Initial<List<Tag>>();

    public string? VpcId { get; set; }
}

/// <summary>The processor that the instance sees.</summary>
public partial class CpuOptions
{
    /// <summary>Cores; times threads makes vCPUs.</summary>
    public int? CoreCount { get; set; }

    /// <summary>1 or 2.</summary>
    public int? ThreadsPerCore { get; set; }
}

/// <summary>Whether the instance was launched so that it can be hibernated.</summary>
public partial class HibernationOptions
{
    public bool? Configured { get; set; }
}

/// <summary>The role that the instance has.</summary>
public partial class IamInstanceProfile
{
    public string? Arn { get; set; }

    public string? Id { get; set; }
}

/// <summary>Where the instance runs.</summary>
public partial class Placement
{
    public string? AvailabilityZone { get; set; }

    public Tenancy? Tenancy { get; set; }
}

/// <summary>A volume and the device name that it has.</summary>
public partial class InstanceBlockDeviceMapping
{
    public string? DeviceName { get; set; }

    public EbsInstanceBlockDevice? Ebs { get; set; }
}

/// <summary>An attached EBS volume.</summary>
public partial class EbsInstanceBlockDevice
{
    /// <summary>UTC.</summary>
    public DateTime? AttachTime { get; set; }

    public bool? DeleteOnTermination { get; set; }

    public AttachmentStatus? Status { get; set; }

    public string? VolumeId { get; set; }
}
