namespace Amazon.EC2.Model;

/// <summary>Where an instance is in its life.</summary>
public partial class InstanceState
{
    /// <summary>AWS's number; the low byte counts, the high byte is AWS's own.</summary>
    public int? Code { get; set; }

    public InstanceStateName? Name { get; set; }
}

/// <summary>What a start or stop did to one instance.</summary>
public partial class InstanceStateChange
{
    public string? InstanceId { get; set; }

    /// <summary>Before the call.</summary>
    public InstanceState? PreviousState { get; set; }

    /// <summary>Right after it: stopping or pending, usually.</summary>
    public InstanceState? CurrentState { get; set; }
}

/// <summary>Why an instance is in its state.</summary>
public partial class StateReason
{
    /// <summary>For example <c>Client.UserInitiatedShutdown</c>.</summary>
    public string? Code { get; set; }

    public string? Message { get; set; }
}
